//! Roles and birth dates of people who do not stand in `users.csv`.
//!
//! In a delta that is how a student moves to another school; in a bulk file they refer to no one.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{guardian, staff, status::PersonStatus, student};
use uuid::Uuid;

use super::{
    FILE, ImportError, PERSON,
    birth::BIRTH_DATES,
    role::{Held, Part, ROLES},
};
use crate::{
    bulk::{
        import::{
            entry::Entry,
            put::Item,
            reference::Place,
            refusal::{REFERENCE_NOT_FOUND, Refusal},
            run::Run,
        },
        oneroster::FileKind,
    },
    error::Result,
    roster::service::{staff::StaffDraft, student::StudentDraft},
    store::Logged,
};

/// What these keys are stored as: student, guardian, staff.
async fn stored(run: &Run<'_>, keys: &[&str]) -> Result<[HashMap<String, Uuid>; 3]> {
    if run.is_bulk(FILE) {
        return Ok(Default::default());
    }
    Ok([
        run.stored(student::Entity::KIND, keys.iter().copied()).await?,
        run.stored(guardian::Entity::KIND, keys.iter().copied()).await?,
        run.stored(staff::Entity::KIND, keys.iter().copied()).await?,
    ])
}

/// The rows that the roles of one batch come to.
#[derive(Default)]
struct Changes {
    students: Vec<Item<StudentDraft>>,
    staff: Vec<Item<StaffDraft>>,
    gone: [Vec<String>; 3],
}

pub(super) async fn roles(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut after: Option<String> = None;
    loop {
        let owners = run.ledger.owners_without(ROLES, PERSON, after.as_deref()).await?;
        let Some(last) = owners.last().cloned() else { return Ok(()) };
        let keys: Vec<_> = owners.iter().map(String::as_str).collect();
        let stored = stored(run, &keys).await?;
        let roles = run.ledger.facts::<Held>(ROLES, &keys).await?;
        let places = run.places(roles.values().flatten().map(|(_, held)| held.org.as_str()));
        let places = places.await?;
        let mut changes = Changes::default();
        for owner in &owners {
            let known = [0, 1, 2].map(|kind: usize| stored[kind].contains_key(owner));
            for (line, held) in roles.get(owner).into_iter().flatten() {
                change(run, &mut changes, owner, known, *line, held, &places);
            }
        }
        write(run, changes).await?;
        after = Some(last);
    }
}

fn change(
    run: &mut Run<'_>,
    changes: &mut Changes,
    owner: &str,
    known: [bool; 3],
    line: u64,
    held: &Held,
    places: &HashMap<String, Place>,
) {
    let file = FileKind::Roles;
    let kind = match held.part {
        Part::Student => 0,
        Part::Guardian(_) => 1,
        Part::Staff(_) => 2,
    };
    if held.gone && !run.is_bulk(FILE) {
        if held.primary && known[kind] {
            changes.gone[kind].push(owner.to_owned());
        }
        return;
    }
    if !known[kind] {
        let refusal = if known.contains(&true) {
            let reason = "the person was never imported in this role, and is not in users.csv";
            Refusal::new(file, line, "userSourcedId", REFERENCE_NOT_FOUND, reason)
        } else {
            Refusal::dangling(file, line, "userSourcedId", "user")
        };
        run.report.refuse(file, [refusal]);
        return;
    }
    let school = places.get(&held.org).map(|place| place.school());
    let id = owner.to_owned();
    let (district, status) = (run.district, Some(PersonStatus::Active));
    match held.part {
        Part::Student if !changes.students.iter().any(|item| item.id == id) => {
            let draft = StudentDraft { school, status, ..student::Entity::kept(district) };
            changes.students.push(Item { line, id, draft });
        }
        Part::Staff(kind) if !changes.staff.iter().any(|item| item.id == id) => {
            let kind = Some(kind);
            let draft = StaffDraft { school, kind, status, ..staff::Entity::kept(district) };
            changes.staff.push(Item { line, id, draft });
        }
        _ => {}
    }
}

async fn write(run: &mut Run<'_>, changes: Changes) -> Result<()> {
    // Whoever leaves one school and enters another in the same delta has not gone.
    let [students, guardians, staff] = &changes.gone;
    let stays = |items: &[String], id: &str| items.iter().any(|item| item == id);
    let coming: Vec<_> = changes.students.iter().map(|item| item.id.clone()).collect();
    let left = students.iter().map(String::as_str).filter(|id| !stays(&coming, id));
    run.retire_named::<student::Entity>(&left.collect::<Vec<_>>()).await?;
    let left: Vec<_> = guardians.iter().map(String::as_str).collect();
    run.retire_named::<guardian::Entity>(&left).await?;
    let coming: Vec<_> = changes.staff.iter().map(|item| item.id.clone()).collect();
    let left = staff.iter().map(String::as_str).filter(|id| !stays(&coming, id));
    run.retire_named::<staff::Entity>(&left.collect::<Vec<_>>()).await?;
    run.put::<student::Entity>(FileKind::Roles, changes.students).await?;
    run.put::<staff::Entity>(FileKind::Roles, changes.staff).await?;
    Ok(())
}

pub(super) async fn birth_dates(run: &mut Run<'_>) -> Result<(), ImportError> {
    let file = FileKind::Demographics;
    let column = if run.format().is_sds() { "userSourcedId" } else { "sourcedId" };
    let mut after: Option<String> = None;
    loop {
        let owners = run.ledger.owners_without(BIRTH_DATES, PERSON, after.as_deref()).await?;
        let Some(last) = owners.last().cloned() else { return Ok(()) };
        let keys: Vec<_> = owners.iter().map(String::as_str).collect();
        let [students, ..] = stored(run, &keys).await?;
        let born = run.ledger.facts::<NaiveDate>(BIRTH_DATES, &keys).await?;
        let mut items = Vec::new();
        for owner in &owners {
            let Some((line, day)) = born.get(owner).and_then(|born| born.first()) else { continue };
            if students.contains_key(owner) {
                let draft = StudentDraft {
                    birth_date: Some(Some(*day)),
                    ..student::Entity::kept(run.district)
                };
                items.push(Item { line: *line, id: owner.clone(), draft });
            } else {
                let refusal = Refusal::dangling(file, *line, column, "student");
                run.report.refuse(file, [refusal]);
            }
        }
        run.put::<student::Entity>(file, items).await?;
        after = Some(last);
    }
}
