//! Making sandboxes, filling them, and throwing them away.

pub mod claim;
pub mod clear;
pub mod create;
pub mod end;
pub mod idle;
mod logged;
pub mod prepare;
pub mod secret;
pub mod step;
mod visible;

use chrono::{DateTime, Utc};
use entity::{
    district,
    id::{PartnerId, SandboxId, TypedId},
    partner,
    sandbox::{Entity, Model},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, ExprTrait, QueryFilter};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    error::{Error, Result},
    store::{Reader, Write, expect_version, visible},
};

/// Which sandbox, and the version of it that the caller has seen.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// The sandbox.
    pub id: SandboxId,
    /// A stale version is refused.
    pub expected_version: Option<i64>,
}

/// The sandbox, locked, for a caller who knows its version.
async fn load(write: &Write<'_>, which: Which) -> Result<Model> {
    let row = write.load::<Entity>(which.id).await?;
    let Which { id, expected_version } = which;
    expect_version(SandboxId::PREFIX, id, row.version, expected_version)?;
    Ok(row)
}

/// The partners that the sandbox began with, in the order of the story.
pub fn cast(row: &Model) -> Result<Vec<PartnerId>> {
    serde_json::from_str(&row.partners).map_err(Error::internal)
}

/// The district of the sandbox and all its partners.
async fn tenants(tx: &DatabaseTransaction, row: &Model, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let partners = visible::<partner::Entity>(&Caller::house(now))
        .filter(partner::Column::SandboxId.eq(row.district_id))
        .all(tx)
        .await?;
    let partners = partners.into_iter().map(|partner| partner.id.into());
    Ok([row.district_id.into()].into_iter().chain(partners).collect())
}

/// Whether the caller calls for a tenant of a sandbox.
pub async fn is_within(reader: Reader<'_>, caller: &Caller) -> Result<bool> {
    match caller.tenant {
        Tenant::Platform => Ok(false),
        Tenant::District(id) => {
            let own = district::Column::Id.eq(id);
            let rows = reader.all(visible::<district::Entity>(caller), own).await?;
            Ok(rows.iter().any(|row| row.is_sandbox))
        }
        Tenant::Partner(id) => {
            let own = partner::Column::Id.eq(id).and(partner::Column::SandboxId.is_not_null());
            let rows = reader.all(visible::<partner::Entity>(caller), own).await?;
            Ok(!rows.is_empty())
        }
    }
}
