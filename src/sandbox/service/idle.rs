//! Sandboxes that nobody uses.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::SandboxId,
    sandbox::{Column, Entity, Model, SandboxState},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter, QueryOrder};

use super::{Which, step, tenants};
use crate::{
    app::App,
    auth::{Caller, client},
    error::{Error, Result},
    sandbox::rules::IDLE_DAYS,
    store::{Write, visible},
};

/// When a sandbox is thrown away unless it is used.
#[must_use]
pub fn expires_at(row: &Model) -> DateTime<Utc> {
    row.used_at + TimeDelta::days(IDLE_DAYS)
}

/// Throws away what nobody has used for long; tells how many. Replicas that sweep at once find each
/// other's work done.
pub async fn sweep(app: &App) -> Result<u64> {
    let now = app.clock.now();
    let quiet = visible::<Entity>(&Caller::house(now))
        .filter(Column::State.eq(SandboxState::Ready))
        .filter(Column::UsedAt.lte(now - TimeDelta::days(IDLE_DAYS)))
        .order_by_asc(Column::Id)
        .all(app.db.latest())
        .await?;
    let mut ended = 0;
    for row in quiet {
        if !is_used(app, row.id).await? {
            ended += u64::from(throw_away(app, &row).await?);
        }
    }
    Ok(ended)
}

/// Whether one of its clients has asked for a token since; then that is what is known from now on.
async fn is_used(app: &App, id: SandboxId) -> Result<bool> {
    let house = Caller::house(app.clock.now());
    let write = Write::begin(app, &house).await?;
    let row = match write.load::<Entity>(id).await {
        // Another replica was faster.
        Err(Error::NotFound(_)) => return Ok(true),
        row => row?,
    };
    let tenants = tenants(&write.tx, &row, write.now).await?;
    let clients = client::of_tenants(&write.tx, &tenants).await?;
    let last = clients.into_iter().filter_map(|client| client.last_used_at).max();
    let Some(last) = last.filter(|last| *last > row.used_at) else { return Ok(false) };
    let version = row.version;
    let mut row = row.into_active_model();
    row.used_at = Set(last);
    let row = write.update(row, version).await?;
    write.commit().await?;
    Ok(expires_at(&row) > house.now)
}

/// Whether it was there to be thrown away, as it was when it was looked at.
async fn throw_away(app: &App, row: &Model) -> Result<bool> {
    let which = Which { id: row.id, expected_version: Some(row.version) };
    match step::delete(app, &Caller::house(app.clock.now()), which).await {
        Ok(_) => {
            let sandbox = crate::typeid::encode(row.id);
            tracing::info!(%sandbox, "a sandbox that nobody used is thrown away");
            Ok(true)
        }
        // Another replica was faster, or somebody has just reset it.
        Err(Error::Invalid(_) | Error::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}
