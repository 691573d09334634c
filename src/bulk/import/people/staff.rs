//! Everyone who works for the school or the district.

use std::collections::HashSet;

use entity::{staff, status::PersonStatus};

use super::{
    FILE,
    person::{Person, STAFF, school},
    role::Part,
};
use crate::{
    bulk::import::{entry::Entry, put::Item, run::Run},
    error::Result,
    roster::service::staff::StaffDraft,
};

/// Writes those of the people who are staff and tells who was refused.
pub(super) async fn write(run: &mut Run<'_>, people: &[Person]) -> Result<HashSet<String>> {
    let lost = people.iter().filter(|person| person.stops(STAFF));
    let lost: Vec<_> = lost.map(Person::id).collect();
    run.retire_named::<staff::Entity>(&lost).await?;
    let staff: Vec<_> = people.iter().filter(|person| person.is(STAFF)).collect();
    let item = |person: &&Person| Item {
        line: person.line,
        id: person.id().to_owned(),
        draft: draft(run, person),
    };
    let items = staff.iter().map(item).collect();
    let taken = run.put::<staff::Entity>(FILE, items).await?;
    let refused = staff.iter().zip(taken).filter(|(_, taken)| !taken);
    Ok(refused.map(|(person, _)| person.id().to_owned()).collect())
}

fn draft(run: &Run<'_>, person: &Person) -> StaffDraft {
    let (user, seat) = (&person.user, person.seat(STAFF));
    let kind = seat.and_then(|seat| match seat.held.part {
        Part::Staff(kind) => Some(kind),
        _ => None,
    });
    StaffDraft {
        school: school(seat),
        given_name: Some(user.given_name.clone()),
        family_name: Some(user.family_name.clone()),
        email: Some(user.email.clone()),
        kind,
        status: Some(PersonStatus::Active),
        ..staff::Entity::kept(run.district)
    }
}
