//! Stopping endpoints and letting them go on.

use entity::{
    id::WebhookEndpointId,
    webhook_endpoint::{DisabledReason, EndpointState, Entity, Model},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::{Which, adopt, load};
use crate::{
    app::App,
    auth::Caller,
    error::Result,
    store::{Write, check_step},
    webhooks::service::claim::make_due,
};

/// Lets an endpoint go on from where it stopped; what waits for it is due at once.
pub async fn enable(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    check_step(row.state, EndpointState::Active, row.state.may_become(), Vec::new())?;
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(EndpointState::Active);
    row.disabled_reason = Set(None);
    row.failing_since = Set(None);
    adopt(&write, &mut row);
    let row = write.update(row, version).await?;
    make_due(&write, row.id).await?;
    write.commit_row(row).await
}

/// Stops an endpoint at its client's wish.
pub async fn disable(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    check_step(row.state, EndpointState::Disabled, row.state.may_become(), Vec::new())?;
    let row = stopped(&write, row, DisabledReason::ByClient).await?;
    write.commit_row(row).await
}

/// Stops an endpoint because of how it fares; one that is stopped already stays as it is.
pub async fn stop(app: &App, id: WebhookEndpointId, reason: DisabledReason) -> Result<()> {
    let caller = Caller::house(app.clock.now());
    let write = Write::begin(app, &caller).await?;
    let row = write.load::<Entity>(id).await?;
    if row.state == EndpointState::Disabled {
        return Ok(());
    }
    stopped(&write, row, reason).await?;
    write.commit().await?;
    tracing::warn!(endpoint = %crate::typeid::encode(id), ?reason, "a webhook endpoint was disabled");
    Ok(())
}

async fn stopped(write: &Write<'_>, row: Model, reason: DisabledReason) -> Result<Model> {
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(EndpointState::Disabled);
    row.disabled_reason = Set(Some(reason));
    write.update(row, version).await
}
