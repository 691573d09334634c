//! Mutations that write many rows at once: each row has its own outcome.

use async_graphql::{Enum, SimpleObject};

use crate::store;

/// At most so many rows in one call; larger amounts go by file.
pub const LARGEST_BATCH: usize = 250;

/// What to do when some rows of the batch are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::ErrorPolicy")]
pub enum ErrorPolicy {
    /// Write nothing at all.
    RejectAll,
    /// Write the rows that are fine.
    RejectFailedRows,
}

/// What became of one row of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::Outcome", name = "BulkOutcome")]
pub enum Outcome {
    /// It was new and has been written.
    Created,
    /// It differed and has been written.
    Updated,
    /// It was equal: nothing was written.
    Unchanged,
    /// It was refused; `userErrors` says why.
    Rejected,
    /// It was fine, but another row was refused and with `REJECT_ALL` the whole batch.
    NotWritten,
}

/// How many rows of a batch came to what.
#[derive(Debug, Clone, Default, SimpleObject)]
pub struct BulkCounts {
    /// New rows.
    pub created: i32,
    /// Rows that differed.
    pub updated: i32,
    /// Rows that were equal.
    pub unchanged: i32,
    /// Rows that were refused.
    pub rejected: i32,
}

impl BulkCounts {
    /// Counts the outcomes.
    pub fn of(outcomes: impl IntoIterator<Item = store::Outcome>) -> Self {
        let mut counts = Self::default();
        for outcome in outcomes {
            match outcome {
                store::Outcome::Created => counts.created += 1,
                store::Outcome::Updated => counts.updated += 1,
                store::Outcome::Unchanged => counts.unchanged += 1,
                store::Outcome::Rejected => counts.rejected += 1,
                store::Outcome::NotWritten => {}
            }
        }
        counts
    }
}

/// Declares the payload of a bulk mutation:
/// `bulk_payload!(StudentBulkUpsertPayload, StudentUpsertResult { student: Student })`.
#[macro_export]
macro_rules! bulk_payload {
    ($payload:ident, $result:ident { $field:ident: $type:ty }) => {
        /// What became of each row of the batch.
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $payload {
            /// One result for each row, in the order of the input.
            results: Vec<$result>,
            /// How many rows came to what.
            counts: $crate::graphql::bulk::BulkCounts,
        }

        /// What became of one row.
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $result {
            /// The row's position in the input, from 0.
            index: i32,
            /// What became of it.
            outcome: $crate::graphql::bulk::Outcome,
            /// The object as it stands now; null when nothing was written.
            $field: Option<$crate::graphql::object::One<$type>>,
            /// Why it was refused, all reasons at once.
            #[graphql(directive = $crate::graphql::scope::cost::apply(0))]
            user_errors: Vec<$crate::graphql::payload::UserError>,
        }

        impl $payload {
            fn of(
                outcomes: Vec<
                    $crate::store::RowOutcome<<$type as $crate::graphql::object::Target>::Row>,
                >,
            ) -> Self {
                let counts =
                    $crate::graphql::bulk::BulkCounts::of(outcomes.iter().map(|row| row.outcome));
                let result = |(index, row): (usize, $crate::store::RowOutcome<_>)| $result {
                    index: i32::try_from(index).unwrap_or(i32::MAX),
                    outcome: row.outcome.into(),
                    $field: row.row.map($crate::graphql::object::One::Row),
                    user_errors: $crate::graphql::bulk::located(index, row.problems),
                };
                Self { results: outcomes.into_iter().enumerate().map(result).collect(), counts }
            }
        }
    };
}

/// The problems of one row, with paths that begin at the input.
#[must_use]
pub fn located(
    index: usize,
    problems: Vec<crate::error::Problem>,
) -> Vec<super::payload::UserError> {
    let index = index.to_string();
    let located = |problem: crate::error::Problem| {
        let mut problem = problem.under(&["input", &index]);
        problem.path.iter_mut().for_each(|step| *step = camel(step));
        problem.into()
    };
    problems.into_iter().map(located).collect()
}

/// A step of a path as the schema spells it: the macros know the Rust names.
pub(super) fn camel(step: &str) -> String {
    let mut words = step.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let initial = letters.next().into_iter().flat_map(char::to_uppercase);
        name.chars().chain(initial).chain(letters).collect()
    })
}

/// Refuses a batch that is too large for one call.
pub fn check_size(rows: usize) -> crate::error::Result<()> {
    if rows <= LARGEST_BATCH {
        return Ok(());
    }
    let message = format!("one call takes at most {LARGEST_BATCH} rows; {rows} were given");
    Err(crate::error::Error::argument(crate::error::Code::BadUserInput, message))
}
