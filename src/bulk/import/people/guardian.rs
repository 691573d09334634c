//! Guardians, with the students they answer for.

mod ties;

use std::collections::HashMap;

use entity::{guardian, guardianship::Relationship, id::StudentId, status::PersonStatus, student};

use super::{
    FILE, ImportError, PERSON, agent,
    contact::{CONTACTS, Contact},
    person::{GUARDIAN, Person},
    role::Part,
};
use crate::{
    bulk::{
        import::{
            entry::Entry,
            ledger::Fact,
            put::Item,
            rows::Rows,
            run::{Line, Run},
        },
        oneroster::{FileKind, Status, User},
    },
    error::Result,
    roster::service::guardian::GuardianDraft,
};

/// The space of guardians, with what they are to students.
const GUARDIANS: &str = "guardian noted";

/// Notes which of the people are guardians, and who names whom as an agent.
pub(super) async fn note(run: &mut Run<'_>, people: &[Person]) -> Result<()> {
    let lost = people.iter().filter(|person| person.stops(GUARDIAN));
    let lost: Vec<_> = lost.map(Person::id).collect();
    run.retire_named::<guardian::Entity>(&lost).await?;
    let mut facts = Vec::new();
    for person in people.iter().filter(|person| person.is(GUARDIAN)) {
        let relationship = person.seat(GUARDIAN).and_then(|seat| match seat.held.part {
            Part::Guardian(relationship) => Some(relationship),
            _ => None,
        });
        facts.push(Fact::new(person.id(), person.line, &relationship)?);
    }
    let names_one = people.iter().any(|person| !person.user.agents.is_empty());
    run.has_families |= names_one || !facts.is_empty();
    run.ledger.note(GUARDIANS, &facts).await?;
    agent::note(run, people).await
}

/// Reads the users once more, for guardians and agents, when there are any.
pub(super) async fn import(run: &mut Run<'_>) -> Result<(), ImportError> {
    if run.has_families {
        families(run).await?;
    }
    ties::strays(run).await?;
    Ok(())
}

async fn families(run: &mut Run<'_>) -> Result<(), ImportError> {
    let mut rows = Rows::<User>::of(run.bundle);
    while let Some(batch) = rows.next().await {
        let mut rows = run.readmit("users again", batch, |user| &user.sourced_id).await?;
        rows.retain(|row| row.record.status == Status::Active);
        let ids: Vec<_> = rows.iter().map(|row| row.record.sourced_id.as_str()).collect();
        let taken = run.ledger.holds(PERSON, &ids).await?;
        rows.retain(|row| taken.contains(&row.record.sourced_id));
        agent::check(run, &rows).await?;
        write(run, rows).await?;
    }
    rows.finish().await?;
    Ok(())
}

/// Whom a guardian answers for, and as what when the bundle tells.
type Ties = Vec<(StudentId, Option<Relationship>)>;

async fn write(run: &mut Run<'_>, mut rows: Vec<Line<User>>) -> Result<()> {
    let ids: Vec<_> = rows.iter().map(|row| row.record.sourced_id.as_str()).collect();
    let noted = run.ledger.facts::<Option<Relationship>>(GUARDIANS, &ids).await?;
    rows.retain(|row| noted.contains_key(&row.record.sourced_id));
    let mut ties = ties_of(run, &rows, &noted).await?;
    let told = ties_are_told(run);
    let mut items = Vec::with_capacity(rows.len());
    for row in &rows {
        let ties = ties.get(&row.record.sourced_id).filter(|_| told);
        let named = |(student, relationship): &(StudentId, Option<Relationship>)| {
            (*student, relationship.unwrap_or(Relationship::Guardian))
        };
        let students = ties.map(|ties| ties.iter().map(named).collect());
        let draft = GuardianDraft {
            given_name: Some(row.record.given_name.clone()),
            family_name: Some(row.record.family_name.clone()),
            email: Some(row.record.email.clone()),
            phone: Some(row.record.phone.clone()),
            status: Some(PersonStatus::Active),
            students,
            ..guardian::Entity::kept(run.district)
        };
        items.push(Item { line: row.line, id: row.record.sourced_id.clone(), draft });
    }
    run.put::<guardian::Entity>(FILE, items).await?;
    if told { Ok(()) } else { ties::add(run, std::mem::take(&mut ties)).await }
}

/// Whether the bundle tells of each guardian who all the students are.
fn ties_are_told(run: &Run<'_>) -> bool {
    let contacts = !run.format().is_sds() || run.is_whole(FileKind::Relationships);
    run.is_whole(FILE) && contacts
}

async fn ties_of(
    run: &Run<'_>,
    rows: &[Line<User>],
    noted: &HashMap<String, Vec<(u64, Option<Relationship>)>>,
) -> Result<HashMap<String, Ties>> {
    let ids: Vec<_> = rows.iter().map(|row| row.record.sourced_id.as_str()).collect();
    let naming = run.ledger.facts::<String>(agent::AGENTS, &ids).await?;
    let contacts = run.ledger.facts::<Contact>(CONTACTS, &ids).await?;
    let mut named: Vec<(&str, &str, Option<Relationship>)> = Vec::new();
    for row in rows {
        let id = row.record.sourced_id.as_str();
        let role = noted.get(id).and_then(|noted| noted.first()).and_then(|(_, role)| *role);
        let naming = naming.get(id).into_iter().flatten().map(|(_, student)| student);
        let agents = row.record.agents.iter().chain(naming);
        named.extend(agents.map(|student| (id, student.as_str(), role)));
        let contacts = contacts.get(id).into_iter().flatten().map(|(_, contact)| contact);
        named.extend(contacts.map(|to| (id, to.student.as_str(), Some(to.relationship))));
    }
    let students = named.iter().map(|(_, student, _)| *student);
    let students = run.referable::<student::Entity>(FILE, students).await?;
    let mut ties: HashMap<String, Ties> = ids.iter().map(|id| ((*id).to_owned(), vec![])).collect();
    for (guardian, student, relationship) in named {
        let Some(student) = students.get(student).map(|id| StudentId::from(*id)) else { continue };
        let ties = ties.entry(guardian.to_owned()).or_default();
        if !ties.iter().any(|(known, _)| *known == student) {
            ties.push((student, relationship));
        }
    }
    Ok(ties)
}
