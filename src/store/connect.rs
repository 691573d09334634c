//! Opening the database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

use tokio::sync::Semaphore;

use super::{MOST_SNAPSHOTS, Reader, Snapshot, read::Source, wake::Wake};
use crate::{error::Result as Outcome, telemetry::metrics};

/// How long a SQLite connection waits for the writer's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Connections that read SQLite side by side.
const SQLITE_READERS: u32 = 4;
/// How much of a SQLite file is read through the memory of the system.
const MAPPED_BYTES: &str = "1073741824";
/// Rows that SQLite's thread reads ahead of who asked.
const ROWS_AHEAD: usize = 1024;
/// Statements that a connection to PostgreSQL keeps prepared.
const PREPARED_STATEMENTS: usize = 500;
/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 16;

/// The two databases we speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    /// Embedded, the default.
    Sqlite,
    /// For production.
    Postgres,
}

/// The open database.
#[derive(Debug, Clone)]
pub struct Db {
    write: DatabaseConnection,
    read: DatabaseConnection,
    /// Where states are read.
    states: DatabaseConnection,
    /// Who may read one.
    turns: Arc<Semaphore>,
    backend: Backend,
    statements: Arc<AtomicU64>,
    wake: Arc<Wake>,
}

impl Db {
    /// Opens the database at `url`; reads go to `read_url` when there is one.
    pub async fn connect(url: &str, read_url: Option<&str>) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            let write = open(sqlite(url, 1)).await?;
            let read = open(sqlite(url, SQLITE_READERS)).await?;
            let mut states = sqlite(url, u32::try_from(MOST_SNAPSHOTS).unwrap_or(u32::MAX));
            // Their connections are made when there is a state to read.
            let states = open(states.connect_lazy(true).to_owned()).await?;
            return Ok(Self::over(write, read, states, Backend::Sqlite));
        }
        let write = open(postgres(url)).await?;
        let read = match read_url {
            Some(read_url) => open(postgres(read_url)).await?,
            None => write.clone(),
        };
        let states = write.clone();
        Ok(Self::over(write, read, states, Backend::Postgres))
    }

    fn over(
        write: DatabaseConnection,
        read: DatabaseConnection,
        states: DatabaseConnection,
        backend: Backend,
    ) -> Self {
        let turns = Arc::new(Semaphore::new(MOST_SNAPSHOTS));
        let (statements, wake) = (Arc::default(), Arc::default());
        Self { write, read, states, turns, backend, statements, wake }
    }

    /// The bells that ring when rows are committed and when the log of changes grows.
    #[must_use]
    pub fn wake(&self) -> &Wake {
        &self.wake
    }

    /// The same database; `hear` is told of each statement and its values once it has run.
    #[must_use]
    pub fn heard_by(mut self, hear: impl Fn(&Statement) + Send + Sync + 'static) -> Self {
        let hear = Arc::new(hear);
        for connection in [&mut self.write, &mut self.read, &mut self.states] {
            let hear = hear.clone();
            connection.set_metric_callback(move |info| {
                metrics::statement();
                hear(info.statement);
            });
        }
        self
    }

    /// Which of the two databases it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The connections that read, or after a write those that have seen it.
    #[must_use]
    pub fn read_after(&self, wrote: bool) -> Reader<'_> {
        let connection = if wrote { &self.write } else { &self.read };
        // SQLite's only writing connection stays free for writers; its readers see every commit.
        let connection = if self.backend == Backend::Sqlite { &self.read } else { connection };
        let source = Source::Pool(connection);
        Reader { source, backend: self.backend, statements: &self.statements }
    }

    /// The connections that read.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        self.read_after(false)
    }

    /// The state at the first question that will be asked of it, as long as it is held; waits while
    /// [`MOST_SNAPSHOTS`] are.
    pub async fn snapshot(&self) -> Outcome<Snapshot> {
        Snapshot::begin(&self.states, &self.turns, self.backend, &self.statements).await
    }

    /// How many statements have read so far.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// The connections that write; migrations run here.
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    /// The connections that read what was committed last, also where a replica lags behind, and
    /// that never wait for a writer.
    #[must_use]
    pub fn latest(&self) -> &DatabaseConnection {
        match self.backend {
            Backend::Sqlite => &self.read,
            Backend::Postgres => &self.write,
        }
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite = (self.backend == Backend::Sqlite).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: sqlite, ..Default::default() };
        self.write.begin_with_options(options).await
    }
}

impl From<DbBackend> for Backend {
    fn from(backend: DbBackend) -> Self {
        if backend == DbBackend::Sqlite { Self::Sqlite } else { Self::Postgres }
    }
}

/// Opens a pool whose every statement is counted.
async fn open(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    let mut connection = Database::connect(options).await?;
    connection.set_metric_callback(|_| metrics::statement());
    Ok(connection)
}

fn sqlite(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(connections).sqlx_logging(false).map_sqlx_sqlite_opts(|sqlite| {
        use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        sqlite
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            // Pages are read where the system keeps them, without a copy for each connection.
            .pragma("mmap_size", MAPPED_BYTES)
            // A page's rows arrive at once: each wait for room would wake two threads.
            .row_buffer_size(ROWS_AHEAD)
    });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(Duration::from_secs(8))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|postgres| {
            // A statement is planned once, not for each page anew: planning would be half the work.
            // Every plan is the same whatever the values, and a test holds it to an index.
            postgres
                .options([("plan_cache_mode", "force_generic_plan")])
                .statement_cache_capacity(PREPARED_STATEMENTS)
        });
    options
}
