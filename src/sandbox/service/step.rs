//! Resetting a sandbox and throwing it away: both begin here, and the worker does the rest.

use entity::sandbox::{Model, SandboxState};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::{Which, load, tenants};
use crate::{
    app::App,
    auth::{Caller, client},
    error::Result,
    store::{Write, check_step},
};

/// Makes a sandbox as fresh as on its first day.
pub async fn reset(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    check_step(row.state, SandboxState::Preparing, row.state.may_become(), Vec::new())?;
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(SandboxState::Preparing);
    row.used_at = Set(write.now);
    row.claimed_until = Set(None);
    let row = write.update(row, version).await?;
    write.commit_row(row).await
}

/// Revokes the clients of a sandbox for good; its rows follow.
pub async fn delete(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    check_step(row.state, SandboxState::Deleting, row.state.may_become(), Vec::new())?;
    let tenants = tenants(&write.tx, &row, write.now).await?;
    client::revoke_all(app, &write.tx, &tenants).await?;
    let version = row.version;
    let mut row = row.into_active_model();
    // Who is filling it right now keeps its claim until it sees that there is nothing to fill.
    row.state = Set(SandboxState::Deleting);
    let row = write.update(row, version).await?;
    let row = write.commit_row(row).await?;
    client::recheck(app);
    Ok(row)
}
