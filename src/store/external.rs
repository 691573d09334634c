//! The keys that other systems have for our rows.

use std::collections::HashMap;

use entity::external_id;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{RowKey, Visible, Write, any_of, any_text, visible};
use crate::{
    auth::{Caller, Tenant},
    error::Result,
};

/// Every tenant sees the keys that it gave, and no one else's.
impl Visible for external_id::Entity {
    const NOUN: &'static str = "external id";

    fn visible(caller: &Caller) -> Condition {
        let tenant = external_id::Column::TenantId;
        match caller.tenant {
            Tenant::Platform => Condition::all(),
            Tenant::District(id) => Condition::all().add(tenant.eq(Uuid::from(id))),
            Tenant::Partner(id) => Condition::all().add(tenant.eq(Uuid::from(id))),
        }
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        external_id::Column::Id
    }
}

/// The ids behind a batch of keys, in its order; `None` where another system's key is new.
pub async fn resolve<'k>(
    write: &Write<'_>,
    tenant: Uuid,
    kind: &str,
    keys: impl Iterator<Item = &'k RowKey> + Clone,
) -> Result<Vec<Option<Uuid>>> {
    let mut wanted: HashMap<&str, Vec<&str>> = HashMap::new();
    for key in keys.clone() {
        if let RowKey::External { system, value } = key {
            wanted.entry(system).or_default().push(value);
        }
    }
    let mut found: HashMap<(String, String), Uuid> = HashMap::new();
    for (system, values) in wanted {
        let value = external_id::Column::Value.into_expr();
        let rows = visible::<external_id::Entity>(write.caller)
            .filter(external_id::Column::TenantId.eq(tenant))
            .filter(external_id::Column::Kind.eq(kind))
            .filter(external_id::Column::System.eq(system))
            .filter(any_text(write.backend(), value, &values))
            .all(&write.tx)
            .await?;
        found.extend(rows.into_iter().map(|row| ((row.system, row.value), row.entity_id)));
    }
    let id = |key: &RowKey| match key {
        RowKey::Id(id) => Some(*id),
        RowKey::External { system, value } => found.get(&(system.clone(), value.clone())).copied(),
    };
    Ok(keys.map(id).collect())
}

/// The row that ties a new row to the key it came under.
#[must_use]
pub fn tie(
    write: &Write<'_>,
    tenant: Uuid,
    kind: &str,
    entity: Uuid,
    key: &RowKey,
) -> Option<external_id::ActiveModel> {
    let RowKey::External { system, value } = key else { return None };
    Some(external_id::ActiveModel {
        id: Set(write.app.clock.id()),
        tenant_id: Set(tenant),
        kind: Set(kind.to_owned()),
        system: Set(system.clone()),
        value: Set(value.clone()),
        entity_id: Set(entity),
        created_at: Set(write.now),
    })
}

/// Forgets all keys of rows that are about to go.
pub async fn forget(write: &Write<'_>, kind: &str, entities: &[Uuid]) -> Result<()> {
    external_id::Entity::delete_many()
        .filter(external_id::Column::Kind.eq(kind))
        .filter(any_of(write.backend(), external_id::Column::EntityId, entities))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Ties one row to a key of another system.
pub async fn attach(
    write: &Write<'_>,
    tenant: Uuid,
    kind: &str,
    entity: Uuid,
    key: &RowKey,
) -> Result<()> {
    if let Some(row) = tie(write, tenant, kind, entity, key) {
        external_id::Entity::insert(row).exec_without_returning(&write.tx).await?;
    }
    Ok(())
}
