//! Classes, with the sessions they meet in and the teachers who hold them.

mod teachers;

use std::collections::HashMap;

use entity::{
    academic_session,
    class::{self, ClassKind},
    course,
    id::StaffId,
    school,
    status::RecordStatus,
};
use uuid::Uuid;

use super::{
    ImportError,
    course::list,
    entry::Entry,
    put::Item,
    refusal::Refusal,
    run::{Line, Run},
};
use crate::{
    bulk::oneroster::{self, Class, FileKind, Status},
    error::Result,
    roster::service::{class::ClassDraft, course::CourseDraft},
    store::Logged,
};

pub(super) use teachers::{remaining as remaining_teachers, teaches};

const FILE: FileKind = FileKind::Classes;

pub(super) async fn import(run: &mut Run<'_>) -> Result<(), ImportError> {
    teachers::note(run).await?;
    let mut rows = run.open::<Class>();
    while let Some(batch) = rows.next().await {
        let spaces = [class::Entity::KIND];
        let rows = run.admit(batch, |class| &class.sourced_id, &spaces).await?;
        let (gone, rows): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.status == Status::ToBeDeleted);
        let gone: Vec<_> = gone.iter().map(|row| row.record.sourced_id.as_str()).collect();
        run.retire_named::<class::Entity>(&gone).await?;
        write(run, rows).await?;
    }
    run.close(rows).await
}

/// What the classes of a batch refer to.
struct Known {
    schools: HashMap<String, Uuid>,
    courses: HashMap<String, Uuid>,
    sessions: HashMap<String, Uuid>,
    teachers: HashMap<String, Vec<StaffId>>,
}

async fn write(run: &mut Run<'_>, rows: Vec<Line<Class>>) -> Result<()> {
    let keys: Vec<_> = rows.iter().map(|row| row.record.sourced_id.as_str()).collect();
    run.ledger.mark(class::Entity::KIND, keys.iter().copied()).await?;
    let schools = rows.iter().map(|row| row.record.school.as_str());
    let schools = run.referable::<school::Entity>(FileKind::Orgs, schools).await?;
    own_courses(run, &rows, &schools).await?;
    let courses: Vec<_> = rows.iter().map(|row| course_of(&row.record)).collect();
    let courses = courses.iter().map(String::as_str);
    let sessions = rows.iter().flat_map(|row| row.record.terms.iter().map(String::as_str));
    let known = Known {
        schools,
        courses: run.referable::<course::Entity>(FileKind::Courses, courses).await?,
        sessions: run
            .referable::<academic_session::Entity>(FileKind::AcademicSessions, sessions)
            .await?,
        teachers: teachers::of(run, &keys).await?,
    };
    let mut items = Vec::new();
    for row in rows {
        match draft(run, &row, &known) {
            Ok(draft) => items.push(Item { line: row.line, id: row.record.sourced_id, draft }),
            Err(refusal) => run.refuse::<class::Entity>(refusal, FILE),
        }
    }
    run.put::<class::Entity>(FILE, items).await.map(drop)
}

/// The course of a class; School Data Sync may leave it out, and then the class has its own.
fn course_of(class: &Class) -> String {
    class.course.clone().unwrap_or_else(|| format!("{}/course", class.sourced_id))
}

async fn own_courses(
    run: &mut Run<'_>,
    rows: &[Line<Class>],
    schools: &HashMap<String, Uuid>,
) -> Result<()> {
    let mut items = Vec::new();
    for row in rows.iter().filter(|row| row.record.course.is_none()) {
        let Some(school) = schools.get(&row.record.school) else { continue };
        run.remark("classes name no course; each has one of its own");
        let draft = CourseDraft {
            school: Some(Some((*school).into())),
            title: Some(row.record.title.clone()),
            status: Some(RecordStatus::Active),
            ..course::Entity::kept(run.district)
        };
        items.push(Item { line: row.line, id: course_of(&row.record), draft });
    }
    run.put::<course::Entity>(FILE, items).await.map(drop)
}

fn draft(run: &Run<'_>, row: &Line<Class>, known: &Known) -> Result<ClassDraft, Refusal> {
    let class = &row.record;
    let sds = run.format().is_sds();
    let [in_school, in_terms] = if sds {
        ["orgSourcedId", "sessionSourcedIds"]
    } else {
        ["schoolSourcedId", "termSourcedIds"]
    };
    let dangling = |column: &str, noun| Refusal::dangling(FILE, row.line, column, noun);
    let school = known.schools.get(&class.school).ok_or_else(|| dangling(in_school, "school"))?;
    let course = known.courses.get(&course_of(class));
    let course = course.ok_or_else(|| dangling("courseSourcedId", "course"))?;
    let mut sessions = Vec::new();
    for term in &class.terms {
        let session = known.sessions.get(term).ok_or_else(|| dangling(in_terms, "session"))?;
        if !sessions.contains(&(*session).into()) {
            sessions.push((*session).into());
        }
    }
    let teachers = known.teachers.get(&class.sourced_id).cloned().unwrap_or_default();
    let told = |value: Option<String>| (!sds).then_some(value);
    Ok(ClassDraft {
        school: Some((*school).into()),
        course: Some((*course).into()),
        title: Some(class.title.clone()),
        class_code: told(class.code.clone()),
        kind: (!sds).then_some(match class.kind {
            oneroster::ClassKind::Homeroom => ClassKind::Homeroom,
            oneroster::ClassKind::Scheduled => ClassKind::Scheduled,
        }),
        location: told(class.location.clone()),
        period: told(list(&class.periods)),
        status: Some(RecordStatus::Active),
        sessions: Some(sessions),
        teachers: teachers::are_told(run).then_some(teachers),
        ..class::Entity::kept(run.district)
    })
}
