//! How far a job has come.
//!
//! It is written past the log of changes: that a job goes on is no news to anybody who keeps in
//! step, and there would be much of it. The state of the job is, and goes through [`super::state`].

use chrono::{DateTime, Utc};
use entity::job::{ActiveModel, Model};
use sea_orm::{ActiveValue::Set, ConnectionTrait, Value};

use super::claim::LEASE;
use crate::{
    error::Result,
    store::{Backend, Outcome, statement},
};

/// The counts of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct Tally {
    pub processed: i64,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub rejected: i64,
    pub not_written: i64,
    pub retired: i64,
    pub done_bytes: i64,
    pub done_lines: i64,
    pub result_bytes: i64,
    pub rejected_bytes: i64,
}

/// Whether work at a job may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// It is still claimed by who asks.
    Ours,
    /// Its client no longer wants it.
    Canceled,
    /// Somebody else has taken it over, or it has come to its end.
    Lost,
}

const ADVANCE: &str = "UPDATE job SET processed = $1, created = $2, updated = $3, unchanged = $4, \
     rejected = $5, not_written = $6, retired = $7, done_bytes = $8, done_lines = $9, \
     result_bytes = $10, rejected_bytes = $11, claimed_until = $12 \
     WHERE id = $13 AND claimed_by = $14 AND state = 'RUNNING' RETURNING is_cancel_requested";

impl Tally {
    /// The counts that a job has so far.
    #[must_use]
    pub fn of(job: &Model) -> Self {
        Self {
            processed: job.processed,
            created: job.created,
            updated: job.updated,
            unchanged: job.unchanged,
            rejected: job.rejected,
            not_written: job.not_written,
            retired: job.retired,
            done_bytes: job.done_bytes,
            done_lines: job.done_lines,
            result_bytes: job.result_bytes.unwrap_or(0),
            rejected_bytes: job.rejected_bytes.unwrap_or(0),
        }
    }

    /// Counts what became of one row.
    pub fn count(&mut self, outcome: Outcome) {
        self.processed += 1;
        *match outcome {
            Outcome::Created => &mut self.created,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Rejected => &mut self.rejected,
            Outcome::NotWritten => &mut self.not_written,
        } += 1;
    }

    /// Puts the counts into a row that comes to its end: once all rows were looked at, it is known
    /// how many there are.
    pub(super) fn put(&self, row: &mut ActiveModel) {
        row.processed = Set(self.processed);
        if self.processed > 0 {
            row.total = Set(Some(self.processed));
        }
        row.created = Set(self.created);
        row.updated = Set(self.updated);
        row.unchanged = Set(self.unchanged);
        row.rejected = Set(self.rejected);
        row.not_written = Set(self.not_written);
        row.retired = Set(self.retired);
        row.done_bytes = Set(self.done_bytes);
        row.done_lines = Set(self.done_lines);
        row.result_bytes = Set(Some(self.result_bytes));
        row.rejected_bytes = Set(Some(self.rejected_bytes));
    }

    fn values(&self) -> [Value; 11] {
        [
            self.processed.into(),
            self.created.into(),
            self.updated.into(),
            self.unchanged.into(),
            self.rejected.into(),
            self.not_written.into(),
            self.retired.into(),
            self.done_bytes.into(),
            self.done_lines.into(),
            self.result_bytes.into(),
            self.rejected_bytes.into(),
        ]
    }
}

/// Writes down how far a claimed job has come, in the transaction of what was done, and keeps the
/// claim. Unless the job is [`Hold::Ours`] the transaction must not be committed.
pub async fn advance(
    connection: &impl ConnectionTrait,
    job: &Model,
    tally: &Tally,
    now: DateTime<Utc>,
) -> Result<Hold> {
    let backend = Backend::from(connection.get_database_backend());
    let whose = [(now + LEASE).into(), job.id.0.into(), job.claimed_by.into()];
    let values = tally.values().into_iter().chain(whose);
    let row = connection.query_one_raw(statement(backend, ADVANCE, values)).await?;
    let Some(row) = row else { return Ok(Hold::Lost) };
    let is_unwanted: bool = row.try_get("", "is_cancel_requested")?;
    Ok(if is_unwanted { Hold::Canceled } else { Hold::Ours })
}
