//! Versioned changes of the database, up and down.
//!
//! One file per change. A run applies every pending change in one transaction and under one lock,
//! so replicas that start together take turns: the first does the work, the others find it done.
//! A run that fails leaves nothing behind.

use sea_orm_migration::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use sea_orm_migration::{DbErr, MigrationStatus, MigrationTrait, MigratorTrait, async_trait};

mod columns;
mod m20261122_000001_tenants;
mod m20261122_000002_roster;
mod m20261122_000003_classes;
mod m20261122_000004_partners;
mod m20261122_000005_placements;
mod m20261122_000006_clients;
mod m20261122_000007_changes;
mod m20261122_000008_idempotency;
mod m20261122_000009_webhooks;
mod m20261122_000010_jobs;
mod m20261122_000011_bulk_files;
mod m20261122_000012_sandboxes;
mod m20261122_000013_reference;
mod m20261122_000020_interests;
mod m20261122_000021_pathways;
mod m20261122_000026_matching;

pub use m20261122_000007_changes::PART;

/// PostgreSQL's key of the lock under which we migrate; any number that nobody else takes.
const LOCK: i64 = 0x7061_7468_6272_6964;

/// All changes, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_tenants::Migration),
            Box::new(m20261122_000002_roster::Migration),
            Box::new(m20261122_000003_classes::Migration),
            Box::new(m20261122_000004_partners::Migration),
            Box::new(m20261122_000005_placements::Migration),
            Box::new(m20261122_000006_clients::Migration),
            Box::new(m20261122_000007_changes::Migration),
            Box::new(m20261122_000008_idempotency::Migration),
            Box::new(m20261122_000009_webhooks::Migration),
            Box::new(m20261122_000010_jobs::Migration),
            Box::new(m20261122_000011_bulk_files::Migration),
            Box::new(m20261122_000012_sandboxes::Migration),
            Box::new(m20261122_000013_reference::Migration),
            Box::new(m20261122_000020_interests::Migration),
            Box::new(m20261122_000021_pathways::Migration),
            Box::new(m20261122_000026_matching::Migration),
        ]
    }
}

/// Applies what is pending, alone: a second caller waits and then finds nothing to do.
pub async fn up(conn: &DatabaseConnection) -> Result<(), DbErr> {
    let alone = lock(conn).await?;
    Migrator::up(&alone, None).await?;
    alone.commit().await
}

/// Takes back every change, and the data with it.
pub async fn down(conn: &DatabaseConnection) -> Result<(), DbErr> {
    let alone = lock(conn).await?;
    Migrator::down(&alone, None).await?;
    alone.commit().await
}

/// The name of every change and whether it is applied; reads only.
pub async fn status(conn: &DatabaseConnection) -> Result<Vec<(String, bool)>, DbErr> {
    let all = Migrator::get_migration_with_status_read_only(conn).await?;
    let applied = MigrationStatus::Applied;
    Ok(all.iter().map(|one| (one.name().to_owned(), one.status() == applied)).collect())
}

/// How many changes are not yet applied; reads only.
pub async fn pending(conn: &DatabaseConnection) -> Result<usize, DbErr> {
    Ok(Migrator::get_pending_migrations_read_only(conn).await?.len())
}

/// A transaction that no other migrating process can hold at the same time.
async fn lock(conn: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let backend = conn.get_database_backend();
    let sqlite = (backend == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: sqlite, ..Default::default() };
    let alone = conn.begin_with_options(options).await?;
    if backend == DbBackend::Postgres {
        // Held by the transaction, so the pool cannot hand it to somebody else or forget it.
        alone.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    Ok(alone)
}

#[cfg(test)]
mod tests;
