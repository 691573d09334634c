//! The words of a batch: its rows, how they are named, and what became of them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::Problem;

/// What became of one row of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// It was new.
    Created,
    /// It differed.
    Updated,
    /// It was equal: nothing was written.
    Unchanged,
    /// It was refused.
    Rejected,
    /// It was fine, but another row was refused and the whole batch with it.
    NotWritten,
}

/// What to do with a batch in which some rows are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorPolicy {
    /// Write nothing at all.
    #[default]
    RejectAll,
    /// Write the others.
    RejectFailedRows,
}

/// How a row of a batch is named.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RowKey {
    /// By our id.
    Id(Uuid),
    /// By the key that another system has for it.
    External {
        /// The name of the system.
        system: String,
        /// Its key.
        value: String,
    },
}

/// One row of a batch: which, and how it should be.
#[derive(Debug, Clone)]
pub struct Wanted<D> {
    /// Which row.
    pub key: RowKey,
    /// The key of another system under which the row goes from now on, when that changes.
    pub new_key: Option<RowKey>,
    /// The version that the sender has seen, when it cares.
    pub expected_version: Option<i64>,
    /// How it should be.
    pub draft: D,
    /// The field of the row's input that holds the draft; empty when the input is the draft.
    pub nested: &'static str,
}

impl<D> Wanted<D> {
    /// The row under this key, whatever its version.
    pub fn under(key: RowKey, draft: D) -> Self {
        Self { key, new_key: None, expected_version: None, draft, nested: "" }
    }

    /// The key under which the row goes once the batch is written.
    pub(super) fn lasting_key(&self) -> &RowKey {
        self.new_key.as_ref().unwrap_or(&self.key)
    }
}

/// What became of one row, and why.
#[derive(Debug, Clone)]
pub struct RowOutcome<R> {
    /// What became of it.
    pub outcome: Outcome,
    /// The row as it stands now, unless it was refused.
    pub row: Option<R>,
    /// Why it was refused.
    pub problems: Vec<Problem>,
}
