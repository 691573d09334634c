//! How far students have come: for a page of students or of enrollments, in five statements at most.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::NaiveDate;
use entity::{
    id::{DistrictId, PathwayEnrollmentId, PathwayId, StudentId},
    pathway_enrollment::{Column, Entity, Model},
    status::RecordStatus,
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::records::Records;
use crate::{
    auth::Caller,
    error::Result,
    pathways::rules::{levels::Definition, progress::Progress},
    roster::service::owned::keys,
    store::{Reader, any_of, visible},
};

/// A student's progress on a pathway on a day.
#[derive(Debug, Clone)]
pub struct Known {
    /// The student's time on the pathway.
    pub enrollment: PathwayEnrollmentId,
    /// The pathway.
    pub pathway: PathwayId,
    /// The day.
    pub as_of: NaiveDate,
    /// How far.
    pub progress: Arc<Progress>,
    /// By which definition.
    pub definition: Arc<Definition>,
}

/// The progress that belongs to each of these enrollments, in four statements.
pub async fn of_enrollments(
    reader: Reader<'_>,
    caller: &Caller,
    rows: &[&Model],
    as_of: NaiveDate,
) -> Result<Vec<Known>> {
    let pathways = keys(rows.iter().map(|row| row.pathway_id));
    let students = keys(rows.iter().map(|row| row.student_id));
    let districts = keys(rows.iter().map(|row| row.district_id));
    let records = Records::of(reader, caller, &pathways, &students, &districts).await?;
    let definitions: HashMap<DistrictId, Arc<Definition>> = rows
        .iter()
        .map(|row| (row.district_id, Arc::new(records.definition(row.district_id, as_of))))
        .collect();
    let known = |row: &&Model| {
        let definition = definitions[&row.district_id].clone();
        let who = (row.student_id, row.pathway_id);
        let progress = Arc::new(records.progress(who, &definition, as_of));
        Known { enrollment: row.id, pathway: row.pathway_id, as_of, progress, definition }
    };
    Ok(rows.iter().map(known).collect())
}

/// The progress of each of these students on every pathway that they have been on by a day, each
/// pathway once: those that go on first, and of these the newest.
pub async fn of_students(
    reader: Reader<'_>,
    caller: &Caller,
    students: &[StudentId],
    as_of: NaiveDate,
) -> Result<Vec<Vec<Known>>> {
    let begun = begun(reader, caller, students, as_of).await?;
    let mut of_student: HashMap<StudentId, Vec<&Model>> = HashMap::new();
    for row in &begun {
        of_student.entry(row.student_id).or_default().push(row);
    }
    let rows: Vec<Vec<&Model>> = students
        .iter()
        .map(|student| latest(of_student.remove(student).unwrap_or_default(), as_of))
        .collect();
    let all: Vec<&Model> = rows.iter().flatten().copied().collect();
    let mut known = of_enrollments(reader, caller, &all, as_of).await?.into_iter();
    Ok(rows.iter().map(|rows| known.by_ref().take(rows.len()).collect()).collect())
}

/// Whether a student is on the pathway on a day.
pub(super) fn is_on(row: &Model, on: NaiveDate) -> bool {
    row.started_on <= on && row.ended_on.is_none_or(|last| on <= last)
}

/// What a student began by a day and counts.
async fn begun(
    reader: Reader<'_>,
    caller: &Caller,
    students: &[StudentId],
    as_of: NaiveDate,
) -> Result<Vec<Model>> {
    let students: Vec<Uuid> = students.iter().map(|student| student.0).collect();
    let rows = visible::<Entity>(caller)
        .filter(Column::Status.eq(RecordStatus::Active))
        .filter(Column::StartedOn.lte(as_of));
    reader.all(rows, any_of(reader.backend, Column::StudentId, &students)).await
}

/// The latest time on each pathway, those that go on first.
fn latest(mut rows: Vec<&Model>, as_of: NaiveDate) -> Vec<&Model> {
    rows.sort_by_key(|row| (!is_on(row, as_of), Reverse(row.started_on), row.id.0));
    let mut seen = HashSet::new();
    rows.retain(|row| seen.insert(row.pathway_id));
    rows
}
