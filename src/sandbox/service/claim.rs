//! Which sandbox is to be worked on, and by whom: claims lie in the database, so that replicas share
//! the work and none of it is lost with one of them.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::sandbox::Model;
use sea_orm::{ActiveEnum, ConnectionTrait, FromQueryResult, Value};
use tokio::time::sleep;

use crate::{
    app::App,
    error::Result,
    store::{skip_locked, statement},
};

/// A claim that nobody renews for so long is void.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often it is renewed.
const RENEW: Duration = Duration::from_secs(15);

/// In the words of the index that holds these and no others.
const DUE: &str = "SELECT s.* FROM sandbox AS s WHERE s.state <> 'READY' \
     AND (s.claimed_until IS NULL OR s.claimed_until <= $1) ORDER BY s.id LIMIT 1";

const CLAIM: &str = "WITH due AS (DUE LOCKING) \
     UPDATE sandbox SET claimed_until = $2 WHERE id IN (SELECT id FROM due) RETURNING *";

const MOVE: &str = "UPDATE sandbox SET claimed_until = $1 WHERE id = $2 AND claimed_until = $3";

/// The same while the sandbox is as it was claimed.
const HOLD: &str = "UPDATE sandbox SET claimed_until = $1 \
     WHERE id = $2 AND claimed_until = $3 AND state = $4";

/// A sandbox that this process works on.
#[derive(Debug)]
pub struct Claim {
    /// The sandbox as it was when it was claimed.
    pub row: Model,
    until: Mutex<Option<DateTime<Utc>>>,
}

impl Claim {
    /// Whether the sandbox is still as it was claimed, and by whom it was claimed.
    #[must_use]
    pub fn is_of(&self, row: &Model) -> bool {
        row.state == self.row.state && row.claimed_until == self.until()
    }

    fn until(&self) -> Option<DateTime<Utc>> {
        *self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves the end of the claim; whether it was still ours.
    async fn move_to(&self, app: &App, end: Option<DateTime<Utc>>, sql: &str) -> Result<bool> {
        let mut values: Vec<Value> = vec![end.into(), self.row.id.0.into(), self.until().into()];
        if sql == HOLD {
            values.push(self.row.state.to_value().into());
        }
        let moved = app.db.writer().execute_raw(statement(app.db.backend(), sql, values)).await?;
        let is_ours = moved.rows_affected() == 1;
        if is_ours {
            *self.until.lock().unwrap_or_else(PoisonError::into_inner) = end;
        }
        Ok(is_ours)
    }

    /// Keeps the claim alive; completes when it is lost, or when the sandbox has moved on.
    pub async fn hold(&self, app: &App) -> Result<()> {
        loop {
            sleep(RENEW).await;
            if !self.move_to(app, Some(app.clock.now() + LEASE), HOLD).await? {
                tracing::info!(sandbox = %crate::typeid::encode(self.row.id), "a claim was lost");
                return Ok(());
            }
        }
    }

    /// Leaves the sandbox to whoever looks next.
    pub async fn release(&self, app: &App) -> Result<()> {
        self.move_to(app, None, MOVE).await.map(drop)
    }

    /// Lets nobody look at the sandbox before this instant.
    pub async fn put_off(&self, app: &App, until: DateTime<Utc>) -> Result<()> {
        self.move_to(app, Some(until), MOVE).await.map(drop)
    }
}

/// Claims a sandbox that is to be worked on, if there is one.
pub async fn next(app: &App) -> Result<Option<Claim>> {
    let now = app.clock.now();
    // Mostly there is nothing to do, and to see that takes no writer.
    let due = app
        .db
        .read_after(true)
        .ask::<Model>(statement(app.db.backend(), DUE, [now.into()]))
        .await?;
    if due.is_empty() {
        return Ok(None);
    }
    let locking = skip_locked(app.db.backend(), "s");
    let sql = CLAIM.replace("DUE", DUE).replace("LOCKING", &locking);
    let claim = statement(app.db.backend(), &sql, [now.into(), (now + LEASE).into()]);
    let row = app.db.writer().query_one_raw(claim).await?;
    let Some(row) = row else { return Ok(None) };
    let row = Model::from_query_result(&row, "")?;
    Ok(Some(Claim { until: Mutex::new(row.claimed_until), row }))
}
