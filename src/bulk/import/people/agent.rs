//! The agents of OneRoster: a student's row names guardians, a guardian's row names students, and
//! exports do the one, the other, or both.

use std::collections::HashSet;

use entity::{guardian, student};

use super::{FILE, PERSON, person::Person};
use crate::{
    bulk::{
        import::{
            ledger::Fact,
            refusal::Refusal,
            run::{Line, Run},
        },
        oneroster::User,
    },
    error::Result,
    store::Logged,
};

/// The space of those who name someone as their agent, by the agent.
pub(super) const AGENTS: &str = "agent";

/// Notes who names whom.
pub(super) async fn note(run: &Run<'_>, people: &[Person]) -> Result<()> {
    let mut facts = Vec::new();
    for person in people {
        for agent in &person.user.agents {
            facts.push(Fact::new(agent, person.line, &person.id())?);
        }
    }
    run.ledger.note(AGENTS, &facts).await
}

/// Reports agents who are nobody. The rest of the row stays taken: a student is not lost over a
/// guardian who is not exported.
pub(super) async fn check(run: &mut Run<'_>, rows: &[Line<User>]) -> Result<()> {
    let named = rows.iter().flat_map(|row| row.record.agents.iter().map(String::as_str));
    let named: Vec<_> = named.collect::<HashSet<_>>().into_iter().collect();
    let mut known = HashSet::new();
    for agents in named.chunks(super::super::rows::BATCH) {
        known.extend(run.ledger.holds(PERSON, agents).await?);
        if !run.is_bulk(FILE) {
            for kind in [student::Entity::KIND, guardian::Entity::KIND] {
                known.extend(run.stored(kind, agents.iter().copied()).await?.into_keys());
            }
        }
    }
    for row in rows {
        if row.record.agents.iter().any(|agent| !known.contains(agent)) {
            let refusal = Refusal::dangling(FILE, row.line, "agentSourcedIds", "user");
            run.report.refuse(FILE, [refusal]);
        }
    }
    Ok(())
}
