//! How long deliveries are remembered, and how long the oldest has waited.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::webhook_delivery::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::statement;
use crate::{app::App, error::Result};

/// Delivered and dead ones can be looked up and sent again for so long.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Forgets deliveries that came to their end long ago; tells how many.
pub async fn forget(app: &App) -> Result<u64> {
    let old = Column::FinishedAt.lt(app.clock.now() - KEPT);
    Ok(Entity::delete_many().filter(old).exec(app.db.writer()).await?.rows_affected)
}

/// How long the oldest delivery has waited; no time at all when none does.
pub async fn oldest(app: &App) -> Result<Duration> {
    let sql = "SELECT MIN(created_at) AS since FROM webhook_delivery WHERE state = 'PENDING'";
    let row = app.db.latest().query_one_raw(statement(app.db.backend(), sql, [])).await?;
    let since: Option<DateTime<Utc>> = row.map_or(Ok(None), |row| row.try_get("", "since"))?;
    let age = since.map(|since| (app.clock.now() - since).to_std().unwrap_or_default());
    Ok(age.unwrap_or_default())
}
