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
    /// The version that the sender has seen, when it cares.
    pub expected_version: Option<i64>,
    /// How it should be.
    pub draft: D,
    /// The field of the row's input that holds the draft; empty when the input is the draft.
    pub nested: &'static str,
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
