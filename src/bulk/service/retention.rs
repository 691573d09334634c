//! What ends with time: jobs that were not done in theirs, and the files of those that were.

use entity::job::{Column, Entity, JobFailure, JobState, Model};
use sea_orm::{
    ActiveEnum, ActiveValue::Set, ColumnTrait, Condition, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::state::{End, Failure, end};
use crate::{
    app::App,
    auth::Caller,
    bulk::file::{self, Part},
    error::Result,
    store::{Write, visible},
};

/// Jobs that one transaction brings to their end.
const AT_ONCE: u64 = 50;

/// Brings to its end whatever has had its time; tells how many jobs that were.
pub async fn sweep(app: &App) -> Result<u64> {
    let now = app.clock.now();
    let caller = Caller::house(now);
    let due = Condition::all()
        .add(Column::State.ne(JobState::Expired.to_value()))
        .add(Column::ExpiresAt.lte(now));
    let due = visible::<Entity>(&caller).filter(due).order_by_asc(Column::ExpiresAt).limit(AT_ONCE);
    // Who only looks keeps no writer waiting.
    if due.clone().one(app.db.latest()).await?.is_none() {
        return Ok(0);
    }
    let write = Write::begin(app, &caller).await?;
    let due = due.lock_exclusive().all(&write.tx).await?;
    let swept = due.len() as u64;
    for job in due {
        if job.state.is_over() {
            expire(&write, job).await?;
        } else {
            let message = "the job was not done within 24 hours";
            let failure = Failure::new(JobFailure::OutOfTime, message);
            end(&write, job, &End::Failed(failure), None).await?;
        }
    }
    write.commit().await?;
    Ok(swept)
}

async fn expire(write: &Write<'_>, job: Model) -> Result<()> {
    for part in [Part::Upload, Part::Result, Part::Rejected] {
        file::forget(&write.tx, job.id, part).await?;
    }
    let version = job.version;
    let mut job = job.into_active_model();
    job.state = Set(JobState::Expired);
    write.update(job, version).await?;
    Ok(())
}
