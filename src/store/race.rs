//! Races between writers, and what the loser does.
//!
//! Two writers may look for the same key, both find it free, and both take it: the database lets
//! one of them through. The other starts again, now sees the winner's row, and goes by it: an
//! upsert updates it or finds it equal, and a row that may be there once is refused with the name
//! of the one that is.

use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

use crate::error::{Error, Result};

/// A writer who loses this often meets more than chance, and is told so.
const MOST_ATTEMPTS: usize = 5;

/// What PostgreSQL calls a deadlock, and a transaction that cannot be put in order with others.
const CANNOT_BOTH: [&str; 2] = ["40P01", "40001"];

/// Runs a transaction, and again as long as it loses to others.
///
/// Every attempt begins from nothing: it opens its own transaction and looks everything up anew.
pub async fn settled<T, F>(attempt: impl Fn() -> F) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    for _ in 1..MOST_ATTEMPTS {
        match attempt().await {
            Err(Error::LostRace) => tracing::debug!("lost a race; starting again"),
            done => return done,
        }
    }
    attempt().await
}

/// Whether the statement failed because another writer was there first.
#[must_use]
pub fn is_lost(error: &DbErr) -> bool {
    if let Some(SqlErr::UniqueConstraintViolation(_)) = error.sql_err() {
        return true;
    }
    has_code(error, &CANNOT_BOTH)
}

/// Whether the database gave one of these codes as the reason.
pub(super) fn has_code(error: &DbErr, codes: &[&str]) -> bool {
    let (DbErr::Exec(cause) | DbErr::Query(cause)) = error else { return false };
    let RuntimeErr::SqlxError(cause) = cause else { return false };
    let sqlx::Error::Database(database) = cause.as_ref() else { return false };
    database.code().is_some_and(|code| codes.contains(&code.as_ref()))
}
