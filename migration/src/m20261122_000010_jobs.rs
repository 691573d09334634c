//! Imports and exports of many rows.

use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DeriveMigrationName};
use sea_orm_migration::sea_query::ColumnDef;
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{drop_tables, indexes, refers, tracked};

/// How jobs are paged.
const INDEXES: &[&[&str]] = &[
    &["client_id", "id"],
    &["client_id", "state", "id"],
    &["client_id", "kind", "id"],
    &["client_id", "created_at", "id"],
];

/// What is to be worked at, and what comes to its end or loses its files with time: of finished
/// jobs there are many, of these few.
const OPEN_INDEXES: [&str; 2] = [
    "CREATE INDEX \"ix_job_open\" ON \"job\" (\"id\") WHERE \"state\" IN ('QUEUED', 'RUNNING')",
    "CREATE INDEX \"ix_job_expires_at\" ON \"job\" (\"expires_at\") WHERE \"state\" <> 'EXPIRED'",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = asked().into_iter().chain(counted()).chain(told());
        let table = tracked(manager, "job", columns)
            .foreign_key(&mut refers("job", "district_id", "district"))
            .foreign_key(&mut refers("job", "partner_id", "partner"))
            .foreign_key(&mut refers("job", "client_id", "api_client"))
            .take();
        manager.create_table(table).await?;
        indexes(manager, "job", INDEXES).await?;
        for open in OPEN_INDEXES {
            manager.get_connection().execute_unprepared(open).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["job"]).await
    }
}

/// What was asked, and by whom.
fn asked() -> [ColumnDef; 8] {
    [
        uuid_null("district_id"),
        uuid_null("partner_id"),
        uuid("client_id"),
        text("scopes"),
        text("kind"),
        text("state"),
        text("request"),
        text_null("client_reference"),
    ]
}

/// How far it has come.
fn counted() -> [ColumnDef; 14] {
    [
        big_integer("processed"),
        big_integer_null("total"),
        big_integer("created"),
        big_integer("updated"),
        big_integer("unchanged"),
        big_integer("rejected"),
        big_integer("not_written"),
        big_integer("retired"),
        big_integer("done_bytes"),
        big_integer("done_lines"),
        big_integer_null("result_bytes"),
        big_integer_null("rejected_bytes"),
        text_null("result_sha256"),
        integer("attempts"),
    ]
}

/// What came of it, who works at it, and when.
fn told() -> [ColumnDef; 9] {
    [
        text_null("change_cursor"),
        text_null("failure"),
        text_null("failure_message"),
        boolean("is_cancel_requested"),
        uuid_null("claimed_by"),
        timestamp_with_time_zone_null("claimed_until"),
        timestamp_with_time_zone_null("started_at"),
        timestamp_with_time_zone_null("completed_at"),
        timestamp_with_time_zone("expires_at"),
    ]
}
