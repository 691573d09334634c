//! What came of an attempt, and what follows from it for the delivery and its endpoint.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::WebhookEndpointId,
    webhook_delivery::{Column, DeliveryError, DeliveryState, Entity, Model},
    webhook_endpoint::{self, DisabledReason},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, UpdateMany, Value,
    sea_query::{Expr, ExprTrait},
};

use super::{endpoint::stop, pending, statement};
use crate::{app::App, error::Result, webhooks::rules};

/// The answer by which a receiver says that it is no more.
const GONE: u16 = 410;

/// What came of one attempt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    /// The HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// Why it failed; nothing when it did not.
    pub error: Option<DeliveryError>,
    /// How long it took.
    pub latency: Duration,
    /// The beginning of the answer.
    pub answer: Option<String>,
    /// For how long the receiver wants to be left alone.
    pub retry_after: Option<TimeDelta>,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it.
    Delivered,
    /// It is tried again.
    Postponed,
    /// It was given up.
    Dead,
    /// Somebody else has taken it over meanwhile.
    Lost,
}

/// Writes down what came of an attempt.
pub async fn settle(app: &App, delivery: &Model, attempt: &Attempt) -> Result<Outcome> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    let (outcome, update) = judged(app, delivery, attempt, now);
    let update = update
        .filter(Column::Id.eq(delivery.id))
        .filter(Column::ClaimedUntil.eq(delivery.claimed_until))
        .filter(pending());
    if update.exec(&tx).await?.rows_affected == 0 {
        return Ok(Outcome::Lost);
    }
    note_health(&tx, delivery.endpoint_id, attempt.error.map(|_| now)).await?;
    let is_over = attempt.error.is_some() && is_hopeless(app, &tx, delivery, now).await?;
    tx.commit().await?;
    if attempt.status == Some(GONE) {
        stop(app, delivery.endpoint_id, DisabledReason::Gone).await?;
    } else if is_over {
        stop(app, delivery.endpoint_id, DisabledReason::Failing).await?;
    }
    Ok(outcome)
}

/// What follows from an attempt for its delivery.
fn judged(
    app: &App,
    delivery: &Model,
    attempt: &Attempt,
    now: DateTime<Utc>,
) -> (Outcome, UpdateMany<Entity>) {
    let attempts = delivery.attempts + 1;
    let again = next_attempt(app, attempts, attempt, now);
    let outcome = match (attempt.error, attempt.status, again) {
        (None, ..) => Outcome::Delivered,
        // It waits for the day on which the endpoint is enabled again.
        (Some(_), Some(GONE), _) | (Some(_), _, Some(_)) => Outcome::Postponed,
        (Some(_), _, None) => Outcome::Dead,
    };
    let state = match outcome {
        Outcome::Delivered => DeliveryState::Delivered,
        Outcome::Dead => DeliveryState::Dead,
        Outcome::Postponed | Outcome::Lost => DeliveryState::Pending,
    };
    let finished = (state != DeliveryState::Pending).then_some(now);
    let latency = i32::try_from(attempt.latency.as_millis()).unwrap_or(i32::MAX);
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::Attempts, Expr::value(attempts))
        .col_expr(Column::NextAttemptAt, Expr::value(again.unwrap_or(now)))
        .col_expr(Column::ClaimedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::LastStatus, Expr::value(attempt.status.map(i32::from)))
        .col_expr(Column::LastError, Expr::value(attempt.error))
        .col_expr(Column::LastLatencyMs, Expr::value(latency))
        .col_expr(Column::LastAnswer, Expr::value(attempt.answer.clone()))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64));
    (outcome, update)
}

fn next_attempt(
    app: &App,
    failed: i32,
    attempt: &Attempt,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let mut chance = [0; 2];
    app.clock.fill(&mut chance);
    rules::next_attempt(now, failed, u16::from_be_bytes(chance), attempt.retry_after)
}

/// Notes since when an endpoint fails, or that it does no more.
async fn note_health(
    tx: &DatabaseTransaction,
    endpoint: WebhookEndpointId,
    failed_at: Option<DateTime<Utc>>,
) -> Result<()> {
    use webhook_endpoint::Column::{FailingSince, Id};
    let stale = match failed_at {
        Some(_) => FailingSince.is_null(),
        None => FailingSince.is_not_null(),
    };
    webhook_endpoint::Entity::update_many()
        .col_expr(FailingSince, Expr::value(failed_at))
        .filter(Id.eq(endpoint))
        .filter(stale)
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether nothing has succeeded at the endpoint for days.
async fn is_hopeless(
    app: &App,
    tx: &DatabaseTransaction,
    delivery: &Model,
    now: DateTime<Utc>,
) -> Result<bool> {
    let sql = "SELECT failing_since FROM webhook_endpoint WHERE id = $1";
    let id = Value::from(delivery.endpoint_id.0);
    let row = tx.query_one_raw(statement(app.db.backend(), sql, [id])).await?;
    let since: Option<DateTime<Utc>> =
        row.map_or(Ok(None), |row| row.try_get("", "failing_since"))?;
    Ok(since.is_some_and(|since| now - since >= rules::FAILING_FOR))
}
