//! The tenants of both sides, and the keys by which other systems know our rows.

use sea_orm_migration::schema::{
    boolean, text, text_null, timestamp_with_time_zone, uuid, uuid_null,
};

use sea_orm_migration::sea_orm::{ConnectionTrait, DeriveMigrationName};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{drop_tables, indexes, keyed, refers, tracked, unique};

/// The partners of sandboxes: they are few, and no plan for the bank may go by this index.
const SANDBOX_INDEX: &str = "CREATE INDEX \"ix_partner_sandbox_id\" ON \"partner\" \
     (\"sandbox_id\", \"id\") WHERE \"sandbox_id\" IS NOT NULL";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        district(manager).await?;
        partner(manager).await?;
        external_id(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["external_id", "partner", "district"];
        drop_tables(manager, &tables).await
    }
}

async fn district(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("slug"),
        text("name"),
        text("kind"),
        text_null("identifier"),
        text("time_zone"),
        boolean("is_sandbox").default(false).take(),
    ];
    let table = tracked(manager, "district", columns);
    manager.create_table(table).await?;
    unique(manager, "uq_district_slug", "district", &["slug"]).await
}

async fn partner(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("name"),
        text("kind"),
        text_null("naics"),
        text_null("website"),
        text_null("description"),
        text("status"),
        uuid_null("sandbox_id"),
    ];
    let table = tracked(manager, "partner", columns)
        .foreign_key(&mut refers("partner", "sandbox_id", "district"))
        .take();
    manager.create_table(table).await?;
    manager.get_connection().execute_unprepared(SANDBOX_INDEX).await?;
    let all: [&[&'static str]; 5] = [
        &["name", "id"],
        &["kind", "id"],
        &["naics", "id"],
        &["status", "id"],
        &["updated_at", "id"],
    ];
    indexes(manager, "partner", &all).await
}

async fn external_id(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("id"),
        uuid("tenant_id"),
        text("kind"),
        text("system"),
        text("value"),
        uuid("entity_id"),
        timestamp_with_time_zone("created_at"),
    ];
    let table = keyed(manager, "external_id", &["id"], columns);
    manager.create_table(table).await?;
    unique(
        manager,
        "uq_external_id_tenant_kind_system_value",
        "external_id",
        &["tenant_id", "kind", "system", "value"],
    )
    .await?;
    indexes(manager, "external_id", &[&["entity_id"]]).await
}
