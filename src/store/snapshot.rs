//! One state of the database, read for as long as it takes.
//!
//! What is written meanwhile is not in it, on either database: a transaction that only reads sees
//! what was committed when it asked its first question. It reads where every commit is seen at
//! once, not from a replica that lags, so that it can be laid beside a place in the log of changes.
//! There are never many of them, since each keeps the database from forgetting old versions of
//! rows; on SQLite they have connections of their own, and whoever reads a page waits for none.

use std::sync::{Arc, atomic::AtomicU64};

use sea_orm::{AccessMode, DatabaseTransaction, IsolationLevel, TransactionOptions};
use sea_orm::{DatabaseConnection, SqliteTransactionMode, TransactionTrait};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Backend, Reader, read::Source};
use crate::error::{Error, Result};

/// States that one process reads side by side.
pub const MOST_SNAPSHOTS: usize = 2;

/// A state of the database; let go of when it is dropped.
#[derive(Debug)]
pub struct Snapshot {
    tx: DatabaseTransaction,
    backend: Backend,
    statements: Arc<AtomicU64>,
    _turn: OwnedSemaphorePermit,
}

impl Snapshot {
    /// Waits for its turn and begins. The state is that of the first question that it is asked.
    pub(super) async fn begin(
        connection: &DatabaseConnection,
        turns: &Arc<Semaphore>,
        backend: Backend,
        statements: &Arc<AtomicU64>,
    ) -> Result<Self> {
        let turn = Arc::clone(turns).acquire_owned().await.map_err(Error::internal)?;
        let options = match backend {
            Backend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..Default::default()
            },
            Backend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..Default::default()
            },
        };
        let tx = connection.begin_with_options(options).await?;
        Ok(Self { tx, backend, statements: Arc::clone(statements), _turn: turn })
    }

    /// Reads this state.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        let source = Source::Snapshot(&self.tx);
        Reader { source, backend: self.backend, statements: &self.statements }
    }
}
