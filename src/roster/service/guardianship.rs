//! Writing who answers for whom.
//!
//! A student and a guardian share at most one tie, so the two of them name it. A system that keeps
//! ties under keys of its own synchronises them like any other row.

mod synced;

use std::collections::{HashMap, HashSet};

use entity::{
    guardian,
    guardianship::{Column, Entity, Model, Relationship},
    id::{DistrictId, GuardianId, StudentId},
    student,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, QueryFilter};
use uuid::Uuid;

pub use synced::TieDraft;

use super::owned::{Known, keys};
use crate::{
    error::{Error, Problem, Result},
    store::{Outcome, Visible, Write, any_of, visible},
};

/// Rows that one statement inserts: few enough for SQLite's limit on bound values.
const INSERTED_AT_ONCE: usize = 500;

/// What a guardian should be to a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct GuardianshipDraft {
    pub district: DistrictId,
    pub student: StudentId,
    pub guardian: GuardianId,
    pub relationship: Relationship,
}

/// Ties guardians to students, or changes what they are to them; other ties stay. Refuses all when
/// a student or guardian is not one of the district.
pub async fn set(write: &Write<'_>, drafts: &[GuardianshipDraft]) -> Result<Vec<(Outcome, Model)>> {
    let students = keys(drafts.iter().map(|draft| draft.student));
    let students = Known::<student::Entity>::among(write, students).await?;
    let guardians = keys(drafts.iter().map(|draft| draft.guardian));
    let guardians = Known::<guardian::Entity>::among(write, guardians).await?;
    let mut problems: Vec<Problem> = Vec::new();
    for draft in drafts {
        students.check(&mut problems, "studentId", draft.district, Some(draft.student));
        guardians.check(&mut problems, "guardianId", draft.district, Some(draft.guardian));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let stored = stored(write, &keys(drafts.iter().map(|draft| draft.guardian))).await?;
    write_ties(write, drafts, stored).await
}

/// The ties of these guardians.
pub(super) async fn stored(write: &Write<'_>, guardians: &[Uuid]) -> Result<Vec<Model>> {
    if guardians.is_empty() {
        return Ok(Vec::new());
    }
    let among = any_of(write.backend(), Column::GuardianId, guardians);
    Ok(visible::<Entity>(write.caller).filter(among).all(&write.tx).await?)
}

/// Writes ties whose ends are known to be there, given those that stand.
pub(super) async fn write_ties(
    write: &Write<'_>,
    drafts: &[GuardianshipDraft],
    stored: Vec<Model>,
) -> Result<Vec<(Outcome, Model)>> {
    let mut ties: HashMap<_, _> = stored.into_iter().map(|row| (pair(&row), row)).collect();
    let mut fresh = Vec::new();
    for draft in drafts {
        ties.entry((draft.student, draft.guardian)).or_insert_with(|| {
            let row = new(write, draft);
            fresh.push(row.clone());
            row
        });
    }
    for chunk in fresh.chunks(INSERTED_AT_ONCE) {
        let rows = chunk.iter().map(|row| row.clone().into_active_model().reset_all());
        write.insert_all::<Entity>(rows.collect()).await?;
    }
    let mut created: HashSet<_> = fresh.iter().map(pair).collect();
    let mut outcomes = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let named = (draft.student, draft.guardian);
        let row = ties.get(&named).cloned().ok_or(Error::NotFound(Entity::NOUN))?;
        let changed = row.relationship != draft.relationship;
        let row = if changed { change(write, draft, row).await? } else { row };
        let outcome = match (created.remove(&named), changed) {
            (true, _) => Outcome::Created,
            (false, true) => Outcome::Updated,
            (false, false) => Outcome::Unchanged,
        };
        ties.insert(named, row.clone());
        outcomes.push((outcome, row));
    }
    Ok(outcomes)
}

fn pair(row: &Model) -> (StudentId, GuardianId) {
    (row.student_id, row.guardian_id)
}

fn new(write: &Write<'_>, draft: &GuardianshipDraft) -> Model {
    Model {
        id: write.app.clock.id(),
        district_id: draft.district,
        student_id: draft.student,
        guardian_id: draft.guardian,
        relationship: draft.relationship,
        created_at: write.now,
        updated_at: write.now,
        version: 1,
    }
}

async fn change(write: &Write<'_>, draft: &GuardianshipDraft, row: Model) -> Result<Model> {
    let version = row.version;
    let mut active = row.into_active_model();
    active.relationship = Set(draft.relationship);
    write.update(active, version).await
}
