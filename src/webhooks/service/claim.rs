//! Which endpoints have something to do, and who does it: deliveries are claimed in the database,
//! so that replicas share the work and none of it is lost with one of them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{id::WebhookEndpointId, webhook_delivery, webhook_endpoint};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Value, sea_query::Expr,
};

use super::{pending, statement};
use crate::{
    app::App,
    error::Result,
    store::{Write, skip_locked},
};

/// A claim outlives the longest attempt; what is still open then is somebody else's.
const LEASE: TimeDelta = TimeDelta::seconds(60);

const BUSY: &str = "SELECT e.* FROM webhook_endpoint AS e WHERE e.state = 'ACTIVE' AND ( \
     e.change_no < (SELECT head FROM feed_state) OR EXISTS ( \
       SELECT 1 FROM webhook_delivery AS d WHERE d.endpoint_id = e.id AND d.state = 'PENDING' \
       AND d.next_attempt_at <= $1 AND (d.claimed_until IS NULL OR d.claimed_until <= $1))) \
     ORDER BY e.id";

/// A delivery is due when it is its time, and when it is the first that waits of those that tell of
/// the same row: its turn comes once the one before it was delivered or given up.
const CLAIM: &str = "WITH due AS ( \
       SELECT d.id FROM webhook_delivery AS d JOIN webhook_endpoint AS e ON e.id = d.endpoint_id \
       WHERE d.endpoint_id = $2 AND d.state = 'PENDING' AND e.state = 'ACTIVE' \
       AND d.next_attempt_at <= $3 AND (d.claimed_until IS NULL OR d.claimed_until <= $3) \
       AND NOT EXISTS (SELECT 1 FROM webhook_delivery AS earlier \
         WHERE earlier.endpoint_id = d.endpoint_id AND earlier.state = 'PENDING' \
         AND earlier.entity_id = d.entity_id AND earlier.seq < d.seq) \
       ORDER BY d.next_attempt_at, d.seq LIMIT $4 LOCKING) \
     UPDATE webhook_delivery SET claimed_until = $1 WHERE id IN (SELECT id FROM due) RETURNING *";

/// Endpoints that have changes to be told, or deliveries that are due.
pub async fn busy(app: &App) -> Result<Vec<webhook_endpoint::Model>> {
    let asked = statement(app.db.backend(), BUSY, [Value::from(app.clock.now())]);
    app.db.read_after(true).ask::<webhook_endpoint::Model>(asked).await
}

/// The endpoint as it stands now; nothing when it is gone.
pub async fn endpoint(app: &App, id: WebhookEndpointId) -> Result<Option<webhook_endpoint::Model>> {
    let sql = "SELECT * FROM webhook_endpoint WHERE id = $1 AND state = 'ACTIVE'";
    let asked = statement(app.db.backend(), sql, [Value::from(id.0)]);
    Ok(app.db.read_after(true).ask::<webhook_endpoint::Model>(asked).await?.pop())
}

/// Claims deliveries of one endpoint that are due, at most so many.
pub async fn claim(
    app: &App,
    endpoint: WebhookEndpointId,
    most: usize,
) -> Result<Vec<webhook_delivery::Model>> {
    let now = app.clock.now();
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values: [Value; 4] = [(now + LEASE).into(), endpoint.0.into(), now.into(), most.into()];
    let locking = skip_locked(app.db.backend(), "d");
    let claim = statement(app.db.backend(), &CLAIM.replace("LOCKING", &locking), values);
    let rows = app.db.writer().query_all_raw(claim).await?;
    let rows = rows.iter().map(|row| webhook_delivery::Model::from_query_result(row, ""));
    let mut claimed = rows.collect::<Result<Vec<_>, _>>()?;
    claimed.sort_by_key(|delivery| delivery.seq);
    Ok(claimed)
}

/// Makes everything due that waits for an endpoint, as if it had never been tried.
pub(super) async fn make_due(write: &Write<'_>, endpoint: WebhookEndpointId) -> Result<()> {
    use webhook_delivery::Column::{Attempts, ClaimedUntil, EndpointId, NextAttemptAt};
    webhook_delivery::Entity::update_many()
        .col_expr(Attempts, Expr::value(0))
        .col_expr(NextAttemptAt, Expr::value(write.now))
        .col_expr(ClaimedUntil, Expr::value(Option::<DateTime<Utc>>::None))
        .filter(EndpointId.eq(endpoint))
        .filter(pending())
        .exec(&write.tx)
        .await?;
    Ok(())
}
