//! Rows that another system knows by another key from now on.
//!
//! A student information system gives its rows new numbers when it merges duplicates or is
//! replaced. A batch names such a row by the key it has had so far and by the new one, and may be
//! sent again: where the old key is known no more, the row is found under the new one.

use std::collections::HashMap;

use entity::external_id;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{Outcome, RowKey, RowOutcome, Synced, Wanted};
use crate::{
    error::{Detail, Problem, ProblemCode, Result},
    store::{Write, any_of, external, visible},
    typeid,
};

/// The rows to which the keys of a row of the batch lead.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Home {
    named: Option<Uuid>,
    /// The row that has the new key already.
    holder: Option<Uuid>,
    has_new_key: bool,
}

impl Home {
    /// The stored row that is meant.
    pub(super) fn row(&self) -> Option<Uuid> {
        self.named.or(self.holder)
    }

    /// Whether the row is to have its new key still.
    pub(super) fn moves(&self) -> bool {
        self.has_new_key && self.holder.is_none()
    }

    /// The row that has the new key already and is another one.
    fn rival(&self) -> Option<Uuid> {
        self.holder.filter(|rival| self.named.is_some_and(|own| own != *rival))
    }
}

/// Where the keys of a batch lead, in its order.
pub(super) async fn homes<D>(
    write: &Write<'_>,
    tenant: Uuid,
    kind: &str,
    batch: &[Wanted<D>],
) -> Result<Vec<Home>> {
    let keys = batch.iter().map(|wanted| &wanted.key);
    let ids = external::resolve(write, tenant, kind, keys).await?;
    let mut homes: Vec<_> =
        ids.into_iter().map(|named| Home { named, ..Home::default() }).collect();
    let new_keys: Vec<_> = batch.iter().map(|wanted| wanted.new_key.as_ref()).collect();
    if new_keys.iter().all(Option::is_none) {
        return Ok(homes);
    }
    let given: Vec<&RowKey> = new_keys.iter().copied().flatten().collect();
    let known = external::resolve(write, tenant, kind, given.into_iter()).await?;
    let mut known = known.into_iter();
    for (home, key) in homes.iter_mut().zip(new_keys) {
        home.has_new_key = key.is_some();
        home.holder = key.and_then(|_| known.next().flatten());
    }
    Ok(homes)
}

/// Refuses a new key that another row has, or that two rows of the batch are to have.
pub(super) async fn check<E: Synced>(
    write: &Write<'_>,
    batch: &[Wanted<E::Draft>],
    homes: &[Home],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let rivals: Vec<Uuid> = homes.iter().filter_map(Home::rival).collect();
    let seen = write.known::<E>(&rivals).await?;
    let mut lasting: HashMap<&RowKey, usize> = HashMap::new();
    for wanted in batch {
        *lasting.entry(wanted.lasting_key()).or_default() += 1;
    }
    for ((wanted, home), problems) in batch.iter().zip(homes).zip(problems) {
        if let Some(rival) = home.rival() {
            let existing = seen.contains(&rival).then(|| typeid::with_prefix(E::KIND, rival));
            let message = "another object has this key";
            let detail = Detail::Duplicate { existing };
            problems.push(Problem::with(
                ProblemCode::AlreadyExists,
                "newExternalId",
                message,
                detail,
            ));
        }
        let is_shared = lasting.get(wanted.lasting_key()).is_some_and(|rows| *rows > 1);
        if wanted.new_key.is_some() && is_shared {
            let message = "another row of the same input has this key";
            let code = ProblemCode::DuplicateInInput;
            problems.push(Problem::field(code, "newExternalId", message));
        }
    }
    Ok(())
}

/// Gives the stored rows of the batch their new keys, and tells so.
pub(super) async fn rekey_all<E: Synced>(
    write: &Write<'_>,
    tenant: Uuid,
    batch: &[Wanted<E::Draft>],
    homes: &[Home],
    outcomes: &mut [RowOutcome<E::Model>],
) -> Result<()>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + sea_orm::ActiveModelBehavior + Send,
{
    let rows: Vec<Uuid> = homes.iter().filter(|home| home.moves()).filter_map(Home::row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let keys = keys_of(write, tenant, E::KIND, &rows).await?;
    for ((wanted, home), outcome) in batch.iter().zip(homes).zip(outcomes) {
        let (Some(id), Some(key), Some(row)) =
            (home.row().filter(|_| home.moves()), &wanted.new_key, &outcome.row)
        else {
            continue;
        };
        let of_row = keys.get(&id).map(Vec::as_slice).unwrap_or_default();
        let replaced = replaced(of_row, &wanted.key, key);
        if let Some(old) = replaced {
            external_id::Entity::delete_by_id(old.id).exec(&write.tx).await?;
        }
        external::attach(write, tenant, E::KIND, id, key).await?;
        let version = E::version(row);
        let row = row.clone().into_active_model();
        outcome.row = Some(write.rekeyed(row, version, replaced).await?);
        outcome.outcome = Outcome::Updated;
    }
    Ok(())
}

async fn keys_of(
    write: &Write<'_>,
    tenant: Uuid,
    kind: &str,
    rows: &[Uuid],
) -> Result<HashMap<Uuid, Vec<external_id::Model>>> {
    let stored = visible::<external_id::Entity>(write.caller)
        .filter(external_id::Column::TenantId.eq(tenant))
        .filter(external_id::Column::Kind.eq(kind))
        .filter(any_of(write.backend(), external_id::Column::EntityId, rows))
        .all(&write.tx)
        .await?;
    let mut keys: HashMap<Uuid, Vec<_>> = HashMap::new();
    for key in stored {
        keys.entry(key.entity_id).or_default().push(key);
    }
    Ok(keys)
}

/// The key in whose place the new one comes: the one that named the row, or the one that the row
/// has in the same system.
fn replaced<'k>(
    stored: &'k [external_id::Model],
    named: &RowKey,
    new: &RowKey,
) -> Option<&'k external_id::Model> {
    let RowKey::External { system, .. } = new else { return None };
    let in_system: Vec<_> = stored.iter().filter(|key| key.system == *system).collect();
    let value = match named {
        RowKey::External { value, .. } => Some(value),
        RowKey::Id(_) => None,
    };
    let is_named = |key: &&external_id::Model| value == Some(&key.value);
    in_system.iter().copied().find(is_named).or_else(|| in_system.first().copied())
}
