//! Ties that are added to those that stand, when the bundle does not tell all of them.

use std::collections::{HashMap, HashSet};

use entity::{guardian, guardianship, guardianship::Relationship, id::GuardianId, student};
use sea_orm::QueryFilter;

use super::Ties;
use crate::{
    bulk::import::{
        people::{FILE, PERSON, agent},
        run::Run,
    },
    error::Result,
    roster::service::guardianship::{GuardianshipDraft, set},
    store::{Logged, Outcome, any_of, visible},
};

/// Adds the ties. What a stored tie says stays unless the bundle says otherwise.
pub(super) async fn add(run: &mut Run<'_>, ties: HashMap<String, Ties>) -> Result<()> {
    let keys = ties.iter().filter(|(_, ties)| !ties.is_empty()).map(|(key, _)| key.as_str());
    let guardians = run.stored(guardian::Entity::KIND, keys).await?;
    let ids: Vec<_> = guardians.values().copied().collect();
    let among = any_of(run.write.backend(), guardianship::Column::GuardianId, &ids);
    let select = visible::<guardianship::Entity>(run.write.caller).filter(among);
    let stored = select.all(&run.write.tx).await.map_err(crate::error::Error::from)?;
    let stored: HashSet<_> = stored.iter().map(|row| (row.student_id, row.guardian_id)).collect();
    let mut drafts = Vec::new();
    for (key, id) in &guardians {
        let guardian = GuardianId::from(*id);
        for (student, relationship) in ties.get(key).into_iter().flatten() {
            if relationship.is_none() && stored.contains(&(*student, guardian)) {
                continue;
            }
            drafts.push(GuardianshipDraft {
                district: run.district,
                student: *student,
                guardian,
                relationship: relationship.unwrap_or(Relationship::Guardian),
            });
        }
    }
    for (outcome, _) in set(run.write, &drafts).await? {
        if outcome != Outcome::Unchanged {
            run.remark("ties between guardians and students added or changed");
        }
    }
    Ok(())
}

/// Ties to guardians whom a delta names only as agents.
pub(super) async fn strays(run: &mut Run<'_>) -> Result<()> {
    if run.is_bulk(FILE) {
        return Ok(());
    }
    let mut after: Option<String> = None;
    loop {
        let space = agent::AGENTS;
        let agents = run.ledger.owners_without(space, PERSON, after.as_deref()).await?;
        let Some(last) = agents.last().cloned() else { return Ok(()) };
        let keys: Vec<_> = agents.iter().map(String::as_str).collect();
        let naming = run.ledger.facts::<String>(space, &keys).await?;
        let students = naming.values().flatten().map(|(_, student)| student.as_str());
        let students = run.stored(student::Entity::KIND, students).await?;
        let tie = |(agent, naming): (String, Vec<(u64, String)>)| {
            let named = naming.iter().filter_map(|(_, student)| students.get(student));
            (agent, named.map(|id| ((*id).into(), None)).collect())
        };
        let ties = naming.into_iter().map(tie).collect();
        add(run, ties).await?;
        after = Some(last);
    }
}
