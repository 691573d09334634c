//! Who teaches which class: rows of `enrollments.csv` that become part of the class.
//!
//! They are noted before the classes are written, so that a class and its teachers are one write.
//! When the enrollments are not a whole, as in a delta, the teachers are added to those that the
//! class has, or taken away, once everything else is in.

use std::collections::HashMap;

use entity::{class, class_teacher, id::StaffId, staff};
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::ImportError;
use crate::{
    bulk::{
        import::{entry::Entry, ledger::Fact, rows::Rows, run::Run},
        oneroster::{Enrollment, FileKind, PersonKind, RoleName, StaffKind, Status},
    },
    error::Result,
    roster::service::class::ClassDraft,
    store::{RowKey, Wanted, visible},
};

/// The space of the noted teachers, by class.
const TEACHERS: &str = "teacher";
/// A space that holds nothing.
const NOTHING: &str = "nothing";

#[derive(Serialize, Deserialize)]
struct Teacher {
    staff: String,
    primary: bool,
    gone: bool,
}

/// Whether someone in this role teaches the class.
pub(in crate::bulk::import) fn teaches(role: RoleName) -> bool {
    role.person == PersonKind::Staff(StaffKind::Teacher)
}

/// Whether the bundle tells of each class who all its teachers are.
pub(super) fn are_told(run: &Run<'_>) -> bool {
    run.is_whole(FileKind::Enrollments)
}

/// Reads the enrollments ahead for the teachers in them.
pub(super) async fn note(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = Rows::<Enrollment>::of(run.bundle);
    while let Some(batch) = rows.next().await {
        if batch.iter().any(|row| row.record.is_err()) {
            run.leave_gap(FileKind::Enrollments);
        }
        let rows = run.readmit("enrollments ahead", batch, |row| &row.sourced_id).await?;
        let mut facts = Vec::new();
        for row in rows.iter().filter(|row| teaches(row.record.role)) {
            let teacher = Teacher {
                staff: row.record.user.clone(),
                primary: row.record.primary,
                gone: row.record.status == Status::ToBeDeleted,
            };
            facts.push(Fact::new(&row.record.class, row.line, &teacher)?);
        }
        run.ledger.note(TEACHERS, &facts).await?;
    }
    rows.finish().await?;
    Ok(())
}

/// The teachers of these classes, the teacher of record first. Who is not there is left out here
/// and refused with the enrollments.
pub(super) async fn of(run: &Run<'_>, classes: &[&str]) -> Result<HashMap<String, Vec<StaffId>>> {
    let noted = run.ledger.facts::<Teacher>(TEACHERS, classes).await?;
    let keys = noted.values().flatten().map(|(_, teacher)| teacher.staff.as_str());
    let staff = run.referable::<staff::Entity>(FileKind::Users, keys).await?;
    let teachers = |(class, mut noted): (String, Vec<(u64, Teacher)>)| {
        noted.retain(|(_, teacher)| !teacher.gone);
        noted.sort_by_key(|(line, teacher)| (!teacher.primary, *line));
        let mut teachers: Vec<StaffId> = Vec::new();
        for id in noted.iter().filter_map(|(_, teacher)| staff.get(&teacher.staff)) {
            if !teachers.contains(&(*id).into()) {
                teachers.push((*id).into());
            }
        }
        (class, teachers)
    };
    Ok(noted.into_iter().map(teachers).collect())
}

/// Adds and takes away the teachers of classes of which not all teachers are told.
pub(in crate::bulk::import) async fn remaining(run: &mut Run<'_>) -> Result<(), ImportError> {
    if are_told(run) && run.is_bulk(FileKind::Classes) {
        return Ok(());
    }
    let mut after: Option<String> = None;
    loop {
        let owners = run.ledger.owners_without(TEACHERS, NOTHING, after.as_deref()).await?;
        let Some(last) = owners.last() else { return Ok(()) };
        change(run, &owners).await?;
        after = Some(last.clone());
    }
}

async fn change(run: &mut Run<'_>, owners: &[String]) -> Result<()> {
    let keys: Vec<_> = owners.iter().map(String::as_str).collect();
    let classes = run.referable::<class::Entity>(FileKind::Classes, keys.iter().copied()).await?;
    let noted = run.ledger.facts::<Teacher>(TEACHERS, &keys).await?;
    let staff = noted.values().flatten().map(|(_, teacher)| teacher.staff.as_str());
    let staff = run.referable::<staff::Entity>(FileKind::Users, staff).await?;
    let ids: Vec<_> = classes.values().copied().collect();
    let stored = visible::<class_teacher::Entity>(run.write.caller)
        .filter(class_teacher::Column::ClassId.is_in(ids))
        .all(&run.write.tx)
        .await
        .map_err(crate::error::Error::from)?;
    let mut wanted = Vec::new();
    for (key, id) in &classes {
        let of_class = stored.iter().filter(|row| row.class_id.0 == *id);
        let mut rows: Vec<_> = of_class.collect();
        rows.sort_by_key(|row| (!row.is_primary, row.staff_id));
        let mut teachers: Vec<StaffId> = rows.iter().map(|row| row.staff_id).collect();
        for (_, teacher) in noted.get(key).into_iter().flatten() {
            let Some(person) = staff.get(&teacher.staff) else { continue };
            apply(&mut teachers, (*person).into(), teacher);
        }
        let draft = ClassDraft { teachers: Some(teachers), ..class::Entity::kept(run.district) };
        wanted.push(Wanted::under(RowKey::Id(*id), draft));
    }
    let outcomes = run.write_all::<class::Entity>(wanted).await?;
    let moved = outcomes.iter().filter(|row| row.outcome == crate::store::Outcome::Updated);
    run.report.count(class::Entity::COUNTED).updated += moved.count() as u64;
    Ok(())
}

fn apply(teachers: &mut Vec<StaffId>, person: StaffId, teacher: &Teacher) {
    if teacher.gone {
        teachers.retain(|id| *id != person);
    } else if teacher.primary {
        teachers.retain(|id| *id != person);
        teachers.insert(0, person);
    } else if !teachers.contains(&person) {
        teachers.push(person);
    }
}
