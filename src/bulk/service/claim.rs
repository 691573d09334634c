//! Who works at which job: jobs are claimed in the database, so that replicas share the work and
//! none of it is lost with one of them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::ExternalIdId,
    job::{Entity, JobState, Model},
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, FromQueryResult, IntoActiveModel, Value};
use uuid::Uuid;

use super::progress::Hold;
use crate::{
    app::App,
    auth::Caller,
    error::Result,
    store::{Write, skip_locked, statement},
};

/// A claim is renewed several times before it ends; whoever does not come to that is gone.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Looked for first: who only looks keeps no writer waiting.
const WAITING: &str = "SELECT id FROM job WHERE state IN ('QUEUED', 'RUNNING') \
     AND (claimed_until IS NULL OR claimed_until <= $1) LIMIT 1";

const CLAIM: &str = "WITH due AS ( \
       SELECT id FROM job WHERE state IN ('QUEUED', 'RUNNING') \
       AND (claimed_until IS NULL OR claimed_until <= $3) \
       ORDER BY id LIMIT 1 LOCKING) \
     UPDATE job SET claimed_by = $1, claimed_until = $2 WHERE id IN (SELECT id FROM due) \
     RETURNING *";

const RENEW: &str = "UPDATE job SET claimed_until = $1 \
     WHERE id = $2 AND claimed_by = $3 AND state = 'RUNNING' RETURNING is_cancel_requested";

/// What ends with the process counts for no attempt.
const RELEASE: &str = "UPDATE job SET claimed_until = NULL, \
     attempts = CASE WHEN attempts > 0 THEN attempts - 1 ELSE 0 END WHERE id = $1 AND claimed_by = $2";

/// Claims the oldest job that nobody works at; it runs from then on.
pub async fn next(app: &App) -> Result<Option<Model>> {
    let now = app.clock.now();
    let waiting = statement(app.db.backend(), WAITING, [now.into()]);
    if app.db.latest().query_one_raw(waiting).await?.is_none() {
        return Ok(None);
    }
    let mine: ExternalIdId = app.clock.id();
    let values: [Value; 3] = [mine.0.into(), (now + LEASE).into(), now.into()];
    let locking = skip_locked(app.db.backend(), "job");
    let claim = statement(app.db.backend(), &CLAIM.replace("LOCKING", &locking), values);
    let Some(row) = app.db.writer().query_one_raw(claim).await? else { return Ok(None) };
    let job = Model::from_query_result(&row, "")?;
    if job.state == JobState::Running {
        return Ok(Some(job));
    }
    begin(app, job.id.0, now).await
}

/// Notes that work begins; nothing when the job was canceled a moment ago.
async fn begin(app: &App, id: Uuid, now: DateTime<Utc>) -> Result<Option<Model>> {
    let caller = Caller::house(now);
    let write = Write::begin(app, &caller).await?;
    let row = write.load::<Entity>(id).await?;
    if row.state != JobState::Queued {
        return Ok(None);
    }
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(JobState::Running);
    row.started_at = Set(Some(write.now));
    let row = write.update(row, version).await?;
    write.commit().await?;
    Ok(Some(row))
}

/// Keeps a claim for another while.
pub async fn renew(app: &App, job: &Model) -> Result<Hold> {
    let until = app.clock.now() + LEASE;
    let values: [Value; 3] = [until.into(), job.id.0.into(), job.claimed_by.into()];
    let renew = statement(app.db.backend(), RENEW, values);
    let Some(row) = app.db.writer().query_one_raw(renew).await? else { return Ok(Hold::Lost) };
    let is_unwanted: bool = row.try_get("", "is_cancel_requested")?;
    Ok(if is_unwanted { Hold::Canceled } else { Hold::Ours })
}

/// Lets go of a job that somebody else may go on with at once.
pub async fn release(app: &App, job: &Model) -> Result<()> {
    let values: [Value; 2] = [job.id.0.into(), job.claimed_by.into()];
    app.db.writer().execute_raw(statement(app.db.backend(), RELEASE, values)).await?;
    Ok(())
}
