//! What the bank's mutations have in common: whose keys they use, and for which partner they write.

use async_graphql::{Context, ID};
use entity::id::{PartnerId, TypedId};
use sea_orm::{ActiveModelBehavior, ActiveModelTrait};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    error::{Problem, Result},
    graphql::{
        bulk::{ErrorPolicy, check_size},
        input::{Reading, actors, id_of, tenant},
        scalars::Long,
    },
    store::{self, RowKey, RowOutcome, Synced, Wanted},
};

/// The partner that an input is about: a partner client need not name its own.
pub fn owner(reading: &mut Reading, caller: &Caller, named: Option<&ID>) -> Option<PartnerId> {
    match (caller.tenant, named) {
        (Tenant::Partner(own), None) => Some(own),
        _ => reading.optional_id("partnerId", named),
    }
}

/// Writes the rows of a bulk mutation.
pub async fn upsert<E: Synced, I>(
    ctx: &Context<'_>,
    input: Vec<I>,
    policy: ErrorPolicy,
    tenant_id: Option<ID>,
    wanted: impl Fn(I, &Caller) -> Result<Wanted<E::Draft>, Vec<Problem>>,
) -> Result<Vec<RowOutcome<E::Model>>>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    check_size(input.len())?;
    let (app, caller) = actors(ctx)?;
    let tenant = tenant(caller, tenant_id.as_ref())?;
    let rows = input.into_iter().map(|row| wanted(row, caller)).collect();
    store::upsert_rows::<E>(app, caller, tenant, rows, policy.into()).await
}

/// Changes the one row of an update.
pub async fn update<E: Synced, K: TypedId>(
    ctx: &Context<'_>,
    id: &ID,
    expected_version: Option<Long>,
    draft: impl FnOnce(&Caller) -> Result<E::Draft, Vec<Problem>>,
) -> Result<E::Model>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let (app, caller) = actors(ctx)?;
    let key = RowKey::Id(id_of::<K>("id", id)?.into());
    let seen = expected_version.map(|version| version.0);
    // No key of another system is looked up, so it is nobody's.
    store::update_row::<E>(app, caller, Uuid::nil(), key, seen, draft(caller)).await
}

/// Makes the one row of a create.
pub async fn create<E: Synced>(
    ctx: &Context<'_>,
    draft: impl FnOnce(&Caller) -> Result<E::Draft, Vec<Problem>>,
) -> Result<E::Model>
where
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: Sync + Send,
{
    let (app, caller) = actors(ctx)?;
    store::create_row::<E>(app, caller, draft(caller)).await
}
