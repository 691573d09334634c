//! Writing who is on which pathway.

use chrono::NaiveDate;
use entity::{
    id::{DistrictId, PathwayId, StudentId},
    pathway,
    pathway_enrollment::{ActiveModel, Column, Entity, Model, PathwayExitReason},
    status::RecordStatus,
    student,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::LockType};

use super::period::{self, Period, Taking};
use crate::{
    error::{Problem, Result},
    pathways::rules,
    roster::service::owned::{Known, at_home, keys},
    store::{Synced, Write, any_of, assign, default_to, visible},
};

/// How a student's enrollment on a pathway should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct PathwayEnrollmentDraft {
    pub district: DistrictId,
    pub student: Option<StudentId>,
    pub pathway: Option<PathwayId>,
    pub started_on: Option<NaiveDate>,
    pub ended_on: Option<Option<NaiveDate>>,
    pub exit_reason: Option<Option<PathwayExitReason>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = PathwayEnrollmentDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&PathwayEnrollmentDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let students = keys(drafts.iter().filter_map(|(draft, _)| draft.student));
        let students = Known::<student::Entity>::among(write, students).await?;
        let pathways = keys(drafts.iter().filter_map(|(draft, _)| draft.pathway));
        let pathways = Known::<pathway::Entity>::among(write, pathways).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::enrollment(problems, draft, *row);
            students.check(problems, "studentId", draft.district, draft.student);
            pathways.check(problems, "pathwayId", draft.district, draft.pathway);
        }
        let wanted: Vec<_> = drafts.iter().map(|(draft, row)| wanted(draft, *row)).collect();
        let stored = stored(write, &wanted).await?;
        period::check(&wanted, stored, "startedOn", &mut problems);
        Ok(problems)
    }

    fn assign(draft: &PathwayEnrollmentDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.student_id, draft.student.as_ref());
        assign(&mut row.pathway_id, draft.pathway.as_ref());
        assign(&mut row.started_on, draft.started_on.as_ref());
        assign(&mut row.ended_on, draft.ended_on.as_ref());
        assign(&mut row.exit_reason, draft.exit_reason.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// A student on a pathway.
type On = (StudentId, PathwayId);

/// The period that a row will take, unless it does not count.
fn wanted(draft: &PathwayEnrollmentDraft, row: Option<&Model>) -> Taking<On> {
    let key = row.map(|row| row.id.0);
    let period = || {
        let student = draft.student.or(row.map(|row| row.student_id))?;
        let pathway = draft.pathway.or(row.map(|row| row.pathway_id))?;
        let first = draft.started_on.or(row.map(|row| row.started_on))?;
        let last = draft.ended_on.unwrap_or(row.and_then(|row| row.ended_on));
        Some(((student, pathway), Period { row: key, first, last }))
    };
    let counts = rules::counts(draft.status, row.map(|row| row.status));
    (key, if counts { period() } else { None })
}

/// The periods of these students that are stored and count. The students are held until the end,
/// in the order of their keys: of two who enroll a student at the same time, the second sees what
/// the first has written.
async fn stored(write: &Write<'_>, wanted: &[Taking<On>]) -> Result<Vec<(On, Period)>> {
    let students = keys(wanted.iter().filter_map(|(_, on)| on.map(|((student, _), _)| student)));
    if students.is_empty() {
        return Ok(Vec::new());
    }
    let held = visible::<student::Entity>(write.caller)
        .filter(any_of(write.backend(), student::Column::Id, &students))
        .order_by_asc(student::Column::Id)
        // Rows that refer to the student may be written meanwhile.
        .lock(LockType::NoKeyUpdate);
    held.all(&write.tx).await?;
    let rows = visible::<Entity>(write.caller)
        .filter(Column::Status.eq(RecordStatus::Active))
        .filter(any_of(write.backend(), Column::StudentId, &students));
    let period = |row: Model| {
        let period = Period { row: Some(row.id.0), first: row.started_on, last: row.ended_on };
        ((row.student_id, row.pathway_id), period)
    };
    Ok(rows.all(&write.tx).await?.into_iter().map(period).collect())
}
