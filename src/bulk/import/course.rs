//! Courses, of a school or of the whole district.

use std::collections::HashMap;

use entity::{academic_session, course, status::RecordStatus};
use uuid::Uuid;

use super::{
    ImportError,
    entry::Entry,
    put::Item,
    reference::Place,
    refusal::Refusal,
    run::{Line, Run},
};
use crate::{
    bulk::oneroster::{Course, FileKind, Status},
    error::Result,
    roster::service::course::CourseDraft,
    store::Logged,
};

const FILE: FileKind = FileKind::Courses;

pub(super) async fn import(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<Course>();
    while let Some(batch) = rows.next().await {
        let spaces = [course::Entity::KIND];
        let rows = run.admit(batch, |course| &course.sourced_id, &spaces).await?;
        let (gone, rows): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.status == Status::ToBeDeleted);
        let gone: Vec<_> = gone.iter().map(|row| row.record.sourced_id.as_str()).collect();
        run.retire_named::<course::Entity>(&gone).await?;
        write(run, rows).await?;
    }
    run.close(rows).await
}

async fn write(run: &mut Run<'_>, rows: Vec<Line<Course>>) -> Result<()> {
    let keys = rows.iter().map(|row| row.record.sourced_id.as_str());
    run.ledger.mark(course::Entity::KIND, keys).await?;
    let places = run.places(rows.iter().map(|row| row.record.org.as_str())).await?;
    let years = rows.iter().filter_map(|row| row.record.school_year.as_deref());
    let years =
        run.referable::<academic_session::Entity>(FileKind::AcademicSessions, years).await?;
    let mut items = Vec::new();
    for row in rows {
        match draft(run, &row, &places, &years) {
            Ok(draft) => items.push(Item { line: row.line, id: row.record.sourced_id, draft }),
            Err(refusal) => run.refuse::<course::Entity>(refusal, FILE),
        }
    }
    run.put::<course::Entity>(FILE, items).await.map(drop)
}

fn draft(
    run: &Run<'_>,
    row: &Line<Course>,
    places: &HashMap<String, Place>,
    years: &HashMap<String, Uuid>,
) -> Result<CourseDraft, Refusal> {
    let course = &row.record;
    let dangling = |column, noun| Refusal::dangling(FILE, row.line, column, noun);
    let place = places.get(&course.org).ok_or_else(|| dangling("orgSourcedId", "organisation"))?;
    let year =
        |key| years.get(key).copied().ok_or_else(|| dangling("schoolYearSourcedId", "session"));
    let year = course.school_year.as_ref().map(year).transpose()?;
    Ok(CourseDraft {
        school: Some(place.school()),
        title: Some(course.title.clone()),
        course_code: Some(course.code.clone()),
        subject: Some(list(&course.subjects)),
        grade_levels: Some(list(&course.grades)),
        school_year: Some(year.map(Into::into)),
        status: Some(RecordStatus::Active),
        ..course::Entity::kept(run.district)
    })
}

/// Several values in one text, as they stand in the file.
pub(super) fn list(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| values.join(","))
}
