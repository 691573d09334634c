//! Enrollments: students take seats; teachers went in with their classes; other roles have no
//! place in the roster.

use std::collections::HashMap;

use entity::{class, enrollment, school, staff, status::RecordStatus, student};
use sea_orm::QueryFilter;
use uuid::Uuid;

use super::{
    ImportError,
    class::teaches,
    entry::Entry,
    put::Item,
    refusal::{DUPLICATE, Refusal},
    run::{Line, Run},
};
use crate::{
    bulk::oneroster::{Enrollment, FileKind, PersonKind, Status},
    error::Result,
    roster::service::enrollment::EnrollmentDraft,
    store::{Logged, any_of, external, visible},
};

const FILE: FileKind = FileKind::Enrollments;
/// The space of seats that a row of this bundle has taken.
const SEATS: &str = "seat";

pub(super) async fn import(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = run.open::<Enrollment>();
    while let Some(batch) = rows.next().await {
        let spaces = [enrollment::Entity::KIND];
        let rows = run.admit(batch, |row| &row.sourced_id, &spaces).await?;
        let keys = rows.iter().map(|row| row.record.sourced_id.as_str());
        run.ledger.mark(enrollment::Entity::KIND, keys).await?;
        let (gone, rows): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.status == Status::ToBeDeleted);
        leave(run, &gone).await?;
        let known = Known::of(run, &rows).await?;
        let (students, others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.record.role.person == PersonKind::Student);
        for row in &others {
            check_other(run, row, &known);
        }
        take(run, students, &known).await?;
    }
    run.close(rows).await
}

/// What the rows of a batch refer to.
struct Known {
    schools: HashMap<String, Uuid>,
    classes: HashMap<String, Uuid>,
    students: HashMap<String, Uuid>,
    staff: HashMap<String, Uuid>,
}

impl Known {
    async fn of(run: &Run<'_>, rows: &[Line<Enrollment>]) -> Result<Self> {
        let records = || rows.iter().map(|row| &row.record);
        let schools = records().filter_map(|row| row.school.as_deref());
        let classes = records().map(|row| row.class.as_str());
        let of_student = |row: &&Enrollment| row.role.person == PersonKind::Student;
        let students = records().filter(of_student).map(|row| row.user.as_str());
        let staff = records().filter(|row| teaches(row.role)).map(|row| row.user.as_str());
        Ok(Self {
            schools: run.referable::<school::Entity>(FileKind::Orgs, schools).await?,
            classes: run.referable::<class::Entity>(FileKind::Classes, classes).await?,
            students: run.referable::<student::Entity>(FileKind::Users, students).await?,
            staff: run.referable::<staff::Entity>(FileKind::Users, staff).await?,
        })
    }

    /// The class and the person of a row, or the first of its references that leads nowhere.
    fn ends(
        &self,
        row: &Line<Enrollment>,
        people: &HashMap<String, Uuid>,
        noun: &str,
    ) -> Result<(Uuid, Uuid), Refusal> {
        let dangling = |column, noun| Refusal::dangling(FILE, row.line, column, noun);
        let record = &row.record;
        let class = self.classes.get(&record.class);
        let class = class.ok_or_else(|| dangling("classSourcedId", "class"))?;
        if record.school.as_ref().is_some_and(|school| !self.schools.contains_key(school)) {
            return Err(dangling("schoolSourcedId", "school"));
        }
        let person = people.get(&record.user);
        let person = person.ok_or_else(|| dangling("userSourcedId", noun))?;
        Ok((*class, *person))
    }
}

/// Teachers are in with their classes already; here only what was left out there is reported.
fn check_other(run: &mut Run<'_>, row: &Line<Enrollment>, known: &Known) {
    if !teaches(row.record.role) {
        run.remark("enrollments are neither a student's nor a teacher's and are left out");
    } else if let Err(refusal) = known.ends(row, &known.staff, "member of staff") {
        run.report.refuse(FILE, [refusal]);
    }
}

/// Frees the seats that a delta takes away, unless another row of it has taken them anew.
async fn leave(run: &mut Run<'_>, gone: &[Line<Enrollment>]) -> Result<()> {
    let seats: Vec<_> = gone.iter().map(|row| seat_name(&row.record)).collect();
    let seats: Vec<_> = seats.iter().map(String::as_str).collect();
    let taken = run.ledger.holds(SEATS, &seats).await?;
    let gone = gone.iter().zip(&seats).filter(|(_, seat)| !taken.contains(**seat));
    let gone: Vec<_> = gone.map(|(row, _)| row.record.sourced_id.as_str()).collect();
    run.retire_named::<enrollment::Entity>(&gone).await
}

fn seat_name(row: &Enrollment) -> String {
    format!("{} {}", row.class, row.user)
}

async fn take(run: &mut Run<'_>, rows: Vec<Line<Enrollment>>, known: &Known) -> Result<()> {
    let mut items = Vec::with_capacity(rows.len());
    let mut seats = Vec::with_capacity(rows.len());
    for row in rows {
        match known.ends(&row, &known.students, "student") {
            Ok((class, student)) => {
                seats.push(seat_name(&row.record));
                items.push(item(run, row, class, student));
            }
            Err(refusal) => run.refuse::<enrollment::Entity>(refusal, FILE),
        }
    }
    let seats: Vec<_> = seats.iter().map(String::as_str).collect();
    let mut first = run.ledger.claim(SEATS, &seats).await?.into_iter();
    items.retain(|item| {
        let first = first.next().unwrap_or(true);
        if !first {
            let reason = "an earlier row seats this student in this class";
            let refusal = Refusal::new(FILE, item.line, "userSourcedId", DUPLICATE, reason);
            run.refuse::<enrollment::Entity>(refusal, FILE);
        }
        first
    });
    adopt(run, &items).await?;
    run.put::<enrollment::Entity>(FILE, items).await.map(drop)
}

fn item(run: &Run<'_>, row: Line<Enrollment>, class: Uuid, student: Uuid) -> Item<EnrollmentDraft> {
    let record = row.record;
    // School Data Sync has no days here: what a person set stays.
    let dated = !run.format().is_sds();
    let draft = EnrollmentDraft {
        class: Some(class.into()),
        student: Some(student.into()),
        begin_date: dated.then_some(record.begin),
        end_date: dated.then_some(record.end),
        is_primary: dated.then_some(record.primary),
        status: Some(RecordStatus::Active),
        ..enrollment::Entity::kept(run.district)
    };
    Item { line: row.line, id: record.sourced_id, draft }
}

/// A seat that is stored under another key, as when a student comes back and the other system
/// makes a new row of it, is known by the new key from now on.
async fn adopt(run: &Run<'_>, items: &[Item<EnrollmentDraft>]) -> Result<()> {
    let kind = enrollment::Entity::KIND;
    let known = run.stored(kind, items.iter().map(|item| item.id.as_str())).await?;
    let new: Vec<_> = items.iter().filter(|item| !known.contains_key(&item.id)).collect();
    let students = new.iter().filter_map(|item| item.draft.student);
    let students: Vec<Uuid> = students.map(Into::into).collect();
    if students.is_empty() {
        return Ok(());
    }
    let among = any_of(run.write.backend(), enrollment::Column::StudentId, &students);
    let select = visible::<enrollment::Entity>(run.write.caller).filter(among);
    let stored = select.all(&run.write.tx).await.map_err(crate::error::Error::from)?;
    let stored: HashMap<_, _> =
        stored.iter().map(|row| ((row.class_id, row.student_id), row.id)).collect();
    for item in new {
        let seat = item.draft.class.zip(item.draft.student);
        if let Some(id) = seat.and_then(|seat| stored.get(&seat)) {
            let key = run.key(&item.id);
            external::attach(run.write, run.tenant(), kind, (*id).into(), &key).await?;
        }
    }
    Ok(())
}
