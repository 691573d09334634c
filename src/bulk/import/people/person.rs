//! A user with everything that tells what the user is.

use std::collections::HashMap;

use entity::{guardian, guardianship::Relationship, id::SchoolId, staff, student};

use super::{
    FILE, KINDS,
    contact::{self, Contact},
    role::{self, Held, Part, ROLES},
};
use crate::{
    bulk::{
        import::{
            reference::Place,
            refusal::Refusal,
            run::{Line, Run},
        },
        oneroster::{FileKind, User},
    },
    error::Result,
    store::Logged,
};

/// A role with the place it is held at.
pub(super) struct Seat {
    pub held: Held,
    pub place: Place,
}

/// A user, and what makes the user a student, a guardian or a member of staff.
pub(super) struct Person {
    pub line: u64,
    pub user: User,
    seats: Vec<Seat>,
    contact: bool,
    /// What the user is already, when the bundle does not tell all roles.
    stored: [bool; 3],
}

impl Person {
    pub fn id(&self) -> &str {
        &self.user.sourced_id
    }

    /// The role that decides about a row of this kind.
    pub fn seat(&self, part: Part) -> Option<&Seat> {
        let home = self.user.primary_org.as_deref();
        let fitting = self.seats.iter().filter(|seat| !seat.held.gone);
        fitting.filter(|seat| seat.held.part.is_like(part)).min_by_key(|seat| {
            let away = part == Part::Student && seat.place.school().is_none();
            (away, home != Some(seat.held.org.as_str()), !seat.held.primary)
        })
    }

    /// Whether the user is to have a row of this kind.
    pub fn is(&self, part: Part) -> bool {
        let contact = self.contact && matches!(part, Part::Guardian(_));
        contact || self.seat(part).is_some() || self.was(part) && !self.leaves(part)
    }

    /// Whether the user had a row of this kind and loses it by this bundle.
    pub fn stops(&self, part: Part) -> bool {
        self.was(part) && !self.is(part)
    }

    fn was(&self, part: Part) -> bool {
        self.stored[match part {
            Part::Student => 0,
            Part::Guardian(_) => 1,
            Part::Staff(_) => 2,
        }]
    }

    /// Whether a main role of this kind is taken away.
    fn leaves(&self, part: Part) -> bool {
        let mut gone = self.seats.iter().filter(|seat| seat.held.gone && seat.held.primary);
        gone.any(|seat| seat.held.part.is_like(part))
    }
}

/// A guardian of any kind, to ask for.
pub(super) const GUARDIAN: Part = Part::Guardian(Relationship::Guardian);
/// A member of staff of any kind, to ask for.
pub(super) const STAFF: Part = Part::Staff(staff::StaffKind::Other);

/// The school of a role, and whether there is a role to tell.
#[expect(clippy::option_option, reason = "absent keeps, null clears")]
pub(super) fn school(seat: Option<&Seat>) -> Option<Option<SchoolId>> {
    seat.map(|seat| seat.place.school())
}

/// Joins users with what was noted of them; refuses those whose organisations are unknown.
pub(super) async fn gather(run: &mut Run<'_>, rows: Vec<Line<User>>) -> Result<Vec<Person>> {
    let ids: Vec<_> = rows.iter().map(|row| row.record.sourced_id.clone()).collect();
    let ids: Vec<_> = ids.iter().map(String::as_str).collect();
    let mut noted = run.ledger.facts::<Held>(ROLES, &ids).await?;
    let contacts = run.ledger.facts::<Contact>(contact::CONTACTS, &ids).await?;
    let stored = stored(run, &ids).await?;
    let mut held = Vec::with_capacity(rows.len());
    for row in &rows {
        let noted = noted.remove(&row.record.sourced_id).unwrap_or_default();
        let noted = noted.into_iter().map(|(_, role)| role);
        held.push(role::inline(&row.record).into_iter().chain(noted).collect::<Vec<_>>());
    }
    let orgs = held.iter().flatten().map(|role| role.org.as_str());
    let places = run.places(orgs).await?;
    let (mut people, mut refused) = (Vec::with_capacity(rows.len()), Vec::new());
    for (row, held) in rows.into_iter().zip(held) {
        let Some(seats) = seats(held, &places) else {
            refused.push(row);
            continue;
        };
        let id = row.record.sourced_id.as_str();
        let contact = contacts.contains_key(id);
        let stored = [0, 1, 2].map(|kind| stored[kind].contains_key(id));
        let person = Person { line: row.line, user: row.record, seats, contact, stored };
        if ![Part::Student, GUARDIAN, STAFF].into_iter().any(|part| person.is(part)) {
            run.remark("users have no role and are left out");
        }
        people.push(person);
    }
    refuse(run, &refused).await?;
    Ok(people)
}

fn seats(held: Vec<Held>, places: &HashMap<String, Place>) -> Option<Vec<Seat>> {
    let seat = |held: Held| {
        let place = *places.get(&held.org)?;
        Some(Seat { held, place })
    };
    held.into_iter().map(seat).collect()
}

/// Whoever is refused is still there.
async fn refuse(run: &mut Run<'_>, rows: &[Line<User>]) -> Result<()> {
    for row in rows {
        let refusal = Refusal::dangling(FILE, row.line, "orgSourcedIds", "organisation");
        run.report.refuse(FILE, [refusal]);
    }
    for kind in KINDS {
        let ids = rows.iter().map(|row| row.record.sourced_id.as_str());
        run.ledger.mark(kind, ids).await?;
    }
    Ok(())
}

type Found = HashMap<String, uuid::Uuid>;

/// What the users are already. It counts only when roles come apart from users and not all of them.
async fn stored(run: &Run<'_>, ids: &[&str]) -> Result<[Found; 3]> {
    let inline = run.bundle.plan().file(FileKind::Roles).is_none() && has_inline_roles(run);
    if inline || run.is_bulk(FileKind::Roles) {
        return Ok(Default::default());
    }
    Ok([
        run.stored(student::Entity::KIND, ids.iter().copied()).await?,
        run.stored(guardian::Entity::KIND, ids.iter().copied()).await?,
        run.stored(staff::Entity::KIND, ids.iter().copied()).await?,
    ])
}

fn has_inline_roles(run: &Run<'_>) -> bool {
    use crate::bulk::oneroster::Format;
    matches!(run.format(), Format::OneRoster1p1 | Format::SdsV2)
}
