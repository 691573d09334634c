//! Webhooks: endpoints, the secrets that sign for them, and what they are told.

use sea_orm_migration::schema::{
    big_integer, blob, boolean, integer, integer_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DeriveMigrationName};
use sea_orm_migration::sea_query::ColumnDef;
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, indexes, keyed, refers, tracked};

/// How endpoints are paged.
const ENDPOINT_INDEXES: &[&[&str]] = &[
    &["district_id", "id"],
    &["district_id", "state", "id"],
    &["district_id", "updated_at", "id"],
    &["partner_id", "id"],
    &["partner_id", "state", "id"],
    &["partner_id", "updated_at", "id"],
];

/// How deliveries are paged, and how old ones are found.
const DELIVERY_INDEXES: &[&[&str]] = &[
    &["tenant_id", "id"],
    &["tenant_id", "state", "id"],
    &["tenant_id", "entity_id", "id"],
    &["tenant_id", "created_at", "id"],
    &["endpoint_id", "id"],
    &["finished_at"],
];

/// What is due, and what stands in line behind others of the same row: waiting deliveries only, so
/// they stay small however long the log is.
const WAITING_INDEXES: [&str; 3] = [
    "CREATE INDEX \"ix_webhook_delivery_due\" ON \"webhook_delivery\" \
     (\"endpoint_id\", \"next_attempt_at\", \"seq\") WHERE \"state\" = 'PENDING'",
    "CREATE INDEX \"ix_webhook_delivery_line\" ON \"webhook_delivery\" \
     (\"endpoint_id\", \"entity_id\", \"seq\") WHERE \"state\" = 'PENDING'",
    "CREATE INDEX \"ix_webhook_delivery_oldest\" ON \"webhook_delivery\" (\"created_at\") \
     WHERE \"state\" = 'PENDING'",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        endpoint(manager).await?;
        secret(manager).await?;
        delivery(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["webhook_delivery", "webhook_secret", "webhook_endpoint"];
        drop_tables(manager, &tables).await
    }
}

async fn endpoint(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid_null("district_id"),
        uuid_null("partner_id"),
        uuid("client_id"),
        text("url"),
        text_null("description"),
        text_null("types"),
        boolean("exclude_origin"),
        text("state"),
        text_null("disabled_reason"),
        timestamp_with_time_zone_null("failing_since"),
        timestamp_with_time_zone("secret_rotated_at"),
        text("cursor"),
        big_integer("change_no"),
        text("last_cursor"),
        big_integer("made"),
    ];
    let table = tracked(manager, "webhook_endpoint", columns)
        .foreign_key(&mut refers("webhook_endpoint", "district_id", "district"))
        .foreign_key(&mut refers("webhook_endpoint", "partner_id", "partner"))
        .foreign_key(&mut refers("webhook_endpoint", "client_id", "api_client"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "webhook_endpoint", ENDPOINT_INDEXES).await
}

async fn secret(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("id"),
        uuid("endpoint_id"),
        blob("sealed"),
        timestamp_with_time_zone_null("expires_at"),
        timestamp_with_time_zone("created_at"),
    ];
    let table = keyed(manager, "webhook_secret", &["id"], columns)
        .foreign_key(&mut belongs("webhook_secret", "endpoint_id", "webhook_endpoint"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "webhook_secret", &[&["endpoint_id", "id"]]).await
}

fn delivery_columns() -> [ColumnDef; 16] {
    [
        uuid("endpoint_id"),
        uuid("tenant_id"),
        big_integer("seq"),
        text("kind"),
        text("event"),
        text("entity_id"),
        text("body"),
        text("state"),
        integer("attempts"),
        timestamp_with_time_zone("next_attempt_at"),
        timestamp_with_time_zone_null("claimed_until"),
        integer_null("last_status"),
        text_null("last_error"),
        integer_null("last_latency_ms"),
        text_null("last_answer"),
        timestamp_with_time_zone_null("finished_at"),
    ]
}

async fn delivery(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = tracked(manager, "webhook_delivery", delivery_columns())
        .foreign_key(&mut belongs("webhook_delivery", "endpoint_id", "webhook_endpoint"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "webhook_delivery", DELIVERY_INDEXES).await?;
    for waiting in WAITING_INDEXES {
        manager.get_connection().execute_unprepared(waiting).await?;
    }
    Ok(())
}
