//! How many students of a pathway have come how far, and what they take next: for a coordinator who
//! plans classes and placements. Five statements for any page of pathways.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    id::{PathwayCourseId, PathwayId, StudentId},
    pathway,
    pathway_enrollment::{Column, Entity, Model},
    status::RecordStatus,
};
use sea_orm::{ColumnTrait, QueryFilter};
use uuid::Uuid;

use super::{progress::is_on, records::Records};
use crate::{
    auth::Caller,
    error::Result,
    pathways::rules::{levels::Level, progress::Progress},
    roster::service::owned::keys,
    store::{Reader, any_of, visible},
};

/// Students of a pathway on a day.
#[derive(Debug, Clone)]
pub struct Counts {
    /// The day.
    pub as_of: NaiveDate,
    /// All that are on it.
    pub students: i32,
    /// How many have come how far.
    pub levels: HashMap<Level, i32>,
    /// For how many a course is next, in the order of the pathway.
    pub next: Vec<(PathwayCourseId, i32)>,
}

/// The counts of each of these pathways.
pub async fn of(
    reader: Reader<'_>,
    caller: &Caller,
    pathways: &[&pathway::Model],
    as_of: NaiveDate,
) -> Result<Vec<Counts>> {
    let ids: Vec<Uuid> = pathways.iter().map(|row| row.id.0).collect();
    let rows = visible::<Entity>(caller)
        .filter(Column::Status.eq(RecordStatus::Active))
        .filter(Column::StartedOn.lte(as_of));
    let mut rows = reader.all(rows, any_of(reader.backend, Column::PathwayId, &ids)).await?;
    rows.retain(|row| is_on(row, as_of));
    let districts = keys(pathways.iter().map(|row| row.district_id));
    let students = keys(rows.iter().map(|row| row.student_id));
    let records = Records::of(reader, caller, &ids, &students, &districts).await?;
    let on = by_pathway(&rows);
    let counts = |row: &&pathway::Model| {
        let definition = records.definition(row.district_id, as_of);
        let students = on.get(&row.id).into_iter().flatten();
        let progress =
            students.map(|student| records.progress((*student, row.id), &definition, as_of));
        count(progress, as_of)
    };
    Ok(pathways.iter().map(counts).collect())
}

fn by_pathway(rows: &[Model]) -> HashMap<PathwayId, HashSet<StudentId>> {
    let mut on: HashMap<PathwayId, HashSet<StudentId>> = HashMap::new();
    for row in rows {
        on.entry(row.pathway_id).or_default().insert(row.student_id);
    }
    on
}

fn count(all: impl Iterator<Item = Progress>, as_of: NaiveDate) -> Counts {
    let mut counts = Counts { as_of, students: 0, levels: HashMap::new(), next: Vec::new() };
    let mut next: BTreeMap<(i32, Uuid), i32> = BTreeMap::new();
    for progress in all {
        counts.students += 1;
        *counts.levels.entry(progress.level).or_default() += 1;
        let place = progress.places.iter().find(|place| Some(place.step.row) == progress.next);
        if let Some(place) = place {
            *next.entry((place.step.position, place.step.row.0)).or_default() += 1;
        }
    }
    counts.next = next.into_iter().map(|((_, row), count)| (PathwayCourseId(row), count)).collect();
    counts
}
