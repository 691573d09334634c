//! Sandboxes, and the ways to what points at a row that goes with its sandbox.

use sea_orm_migration::schema::{
    integer, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DeriveMigrationName};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{drop_tables, indexes, refers, tracked};

/// How sandboxes are paged.
const INDEXES: &[&[&str]] = &[
    &["owner_district_id", "id"],
    &["owner_district_id", "state", "id"],
    &["owner_district_id", "updated_at", "id"],
    &["owner_partner_id", "id"],
    &["owner_partner_id", "state", "id"],
    &["owner_partner_id", "updated_at", "id"],
    &["district_id"],
];

/// What is to be worked on, which is looked for every second.
const BUSY_INDEX: &str =
    "CREATE INDEX \"ix_sandbox_busy\" ON \"sandbox\" (\"id\") WHERE \"state\" <> 'READY'";

/// A row is deleted once nothing points to it; without these the database would read whole tables to
/// see that. No list is asked for by them, so they hold only the rows that point somewhere.
const POINTERS: [(&str, &str); 7] = [
    ("time_entry", "corrects_id"),
    ("time_entry", "approved_by"),
    ("placement", "course_id"),
    ("affiliation_view", "partner_id"),
    ("webhook_endpoint", "client_id"),
    ("job", "district_id"),
    ("job", "partner_id"),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sandbox(manager).await?;
        for (table, column) in POINTERS {
            let sql = format!(
                "CREATE INDEX \"ix_{table}_{column}_pointer\" ON \"{table}\" (\"{column}\") \
                 WHERE \"{column}\" IS NOT NULL"
            );
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in POINTERS {
            let sql = format!("DROP INDEX \"ix_{table}_{column}_pointer\"");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        drop_tables(manager, &["sandbox"]).await
    }
}

async fn sandbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid_null("owner_district_id"),
        uuid_null("owner_partner_id"),
        text("name"),
        uuid("district_id"),
        text("partners"),
        integer("students"),
        integer("seed"),
        text("state"),
        timestamp_with_time_zone_null("ready_at"),
        timestamp_with_time_zone("used_at"),
        timestamp_with_time_zone_null("claimed_until"),
    ];
    let table = tracked(manager, "sandbox", columns)
        .foreign_key(&mut refers("sandbox", "owner_district_id", "district"))
        .foreign_key(&mut refers("sandbox", "owner_partner_id", "partner"))
        .foreign_key(&mut refers("sandbox", "district_id", "district"))
        .take();
    manager.create_table(table).await?;
    manager.get_connection().execute_unprepared(BUSY_INDEX).await?;
    indexes(manager, "sandbox", INDEXES).await
}
