//! The steps of a job from one state to the next; each is told in the log of changes.

use entity::{
    id::JobId,
    job::{ActiveModel, Entity, JobFailure, JobKind, JobState, Model},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};

use super::{KEPT, progress::Tally};
use crate::{
    app::App,
    auth::Caller,
    bulk::file::{self, Part},
    error::Result,
    store::{Write, assign, check_step},
};

/// Why a job fails, in words for the person who reads the integration's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The stable code.
    pub code: JobFailure,
    /// What was expected, without anything that the file holds.
    pub message: String,
}

impl Failure {
    /// A failure in words of its own.
    pub fn new(code: JobFailure, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// How a job comes to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It is done.
    Completed,
    /// It could not be done.
    Failed(Failure),
    /// Its client no longer wanted it.
    Canceled,
}

impl End {
    fn state(&self) -> JobState {
        match self {
            Self::Completed => JobState::Completed,
            Self::Failed(_) => JobState::Failed,
            Self::Canceled => JobState::Canceled,
        }
    }
}

/// Takes back what a client asked for: what waits ends at once, what runs as soon as it can.
pub async fn cancel(app: &App, caller: &Caller, id: JobId) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = write.load::<Entity>(id).await?;
    check_step(row.state, JobState::Canceled, row.state.may_become(), Vec::new())?;
    let version = row.version;
    if row.state == JobState::Running {
        let mut row = row.into_active_model();
        assign(&mut row.is_cancel_requested, Some(&true));
        let row = write.update(row, version).await?;
        return write.commit_row(row).await;
    }
    let row = end(&write, row, &End::Canceled, None).await?;
    write.commit_row(row).await
}

/// Puts a job whose file is here into the queue; one that is there already stays as it is.
pub async fn enqueue(app: &App, caller: &Caller, id: JobId, total: i64) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = write.load::<Entity>(id).await?;
    if row.state != JobState::WaitingForFile {
        return Ok(row);
    }
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(JobState::Queued);
    row.total = Set(Some(total));
    let row = write.update(row, version).await?;
    write.commit().await?;
    Ok(row)
}

/// What an export has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The SHA-256 of its file, in hexadecimal digits.
    pub sha256: String,
    /// The place in the log of changes from which its reader goes on.
    pub change_cursor: String,
}

/// Brings a job to its end, in the transaction of its last work. The file that was sent is needed
/// no more and goes at once.
pub async fn end(write: &Write<'_>, row: Model, how: &End, tally: Option<&Tally>) -> Result<Model> {
    let (id, kind, version) = (row.id, row.kind, row.version);
    let mut row = row.into_active_model();
    if kind == JobKind::Export {
        // Half a list is none.
        row.result_bytes = Set(None);
        file::forget(&write.tx, id, Part::Result).await?;
    }
    let row = close(write, row, version, how, tally).await?;
    file::forget(&write.tx, id, Part::Upload).await?;
    Ok(row)
}

/// Brings an export to the end that it was to come to.
pub async fn complete_export(
    write: &Write<'_>,
    row: Model,
    tally: &Tally,
    made: Export,
) -> Result<Model> {
    let version = row.version;
    let mut row = row.into_active_model();
    row.result_sha256 = Set(Some(made.sha256));
    row.change_cursor = Set(Some(made.change_cursor));
    close(write, row, version, &End::Completed, Some(tally)).await
}

async fn close(
    write: &Write<'_>,
    mut row: ActiveModel,
    version: i64,
    how: &End,
    tally: Option<&Tally>,
) -> Result<Model> {
    if let Some(tally) = tally {
        tally.put(&mut row);
    }
    row.state = Set(how.state());
    row.completed_at = Set(Some(write.now));
    row.expires_at = Set(write.now + KEPT);
    release(&mut row);
    if let End::Failed(failure) = how {
        row.failure = Set(Some(failure.code));
        row.failure_message = Set(Some(failure.message.clone()));
    }
    write.update(row, version).await
}

fn release(row: &mut ActiveModel) {
    row.claimed_by = Set(None);
    row.claimed_until = Set(None);
}
