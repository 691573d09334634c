//! Students, each with the birth date that stands in a file of its own.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::{status::PersonStatus, student};

use super::{
    FILE,
    birth::BIRTH_DATES,
    person::{Person, school},
    role::Part,
};
use crate::{
    bulk::{
        import::{entry::Entry, put::Item, run::Run},
        oneroster::Format,
    },
    error::Result,
    roster::service::student::StudentDraft,
};

/// Writes those of the people who are students and tells who was refused.
pub(super) async fn write(run: &mut Run<'_>, people: &[Person]) -> Result<HashSet<String>> {
    let lost = people.iter().filter(|person| person.stops(Part::Student));
    let lost: Vec<_> = lost.map(Person::id).collect();
    run.retire_named::<student::Entity>(&lost).await?;
    let students: Vec<_> = people.iter().filter(|person| person.is(Part::Student)).collect();
    let ids: Vec<_> = students.iter().map(|person| person.id()).collect();
    let mut born = run.ledger.facts::<NaiveDate>(BIRTH_DATES, &ids).await?;
    let mut items = Vec::with_capacity(students.len());
    for person in &students {
        let born = born.remove(person.id()).and_then(|dates| dates.into_iter().next());
        let draft =
            StudentDraft { birth_date: born.map(|(_, day)| Some(day)), ..draft(run, person) };
        items.push(Item { line: person.line, id: person.id().to_owned(), draft });
    }
    let taken = run.put::<student::Entity>(FILE, items).await?;
    let refused = ids.iter().zip(taken).filter(|(_, taken)| !taken);
    Ok(refused.map(|(id, _)| (*id).to_owned()).collect())
}

/// A column that the format does not have leaves what is stored as it is.
fn draft(run: &Run<'_>, person: &Person) -> StudentDraft {
    let (user, seat) = (&person.user, person.seat(Part::Student));
    let sds = run.format().is_sds();
    let newest = run.format() == Format::OneRoster1p2;
    let grade = user.grades.first().cloned();
    let grade = grade.or_else(|| seat.and_then(|seat| seat.held.grade.clone()));
    StudentDraft {
        school: school(seat),
        given_name: Some(user.given_name.clone()),
        family_name: Some(user.family_name.clone()),
        middle_name: (!sds).then(|| user.middle_name.clone()),
        preferred_given_name: newest.then(|| user.preferred_given_name.clone()),
        grade_level: (!sds || grade.is_some()).then_some(grade),
        email: Some(user.email.clone()),
        phone: Some(user.phone.clone()),
        student_number: (!sds).then(|| user.identifier.clone()),
        status: Some(PersonStatus::Active),
        ..student::Entity::kept(run.district)
    }
}
