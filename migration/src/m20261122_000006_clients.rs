//! The clients of the API, and the tokens that must not be taken twice or any more.

use sea_orm_migration::schema::{
    blob_null, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
    uuid_null,
};

use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, indexes, keyed, refers, tracked};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        api_client(manager).await?;
        assertion_jti(manager).await?;
        revoked_token(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["revoked_token", "assertion_jti", "api_client"];
        drop_tables(manager, &tables).await
    }
}

async fn api_client(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("kind"),
        uuid_null("district_id"),
        uuid_null("partner_id"),
        text("name"),
        blob_null("secret_hash"),
        text_null("public_key"),
        text("scopes"),
        text("state"),
        timestamp_with_time_zone_null("last_used_at"),
    ];
    let table = tracked(manager, "api_client", columns)
        .foreign_key(&mut refers("api_client", "district_id", "district"))
        .foreign_key(&mut refers("api_client", "partner_id", "partner"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "api_client", &[&["district_id", "id"], &["partner_id", "id"]]).await
}

async fn assertion_jti(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [uuid("client_id"), text("jti"), timestamp_with_time_zone("expires_at")];
    let table = keyed(manager, "assertion_jti", &["client_id", "jti"], columns)
        .foreign_key(&mut belongs("assertion_jti", "client_id", "api_client"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "assertion_jti", &[&["expires_at"]]).await
}

async fn revoked_token(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [text("jti"), timestamp_with_time_zone("expires_at")];
    let table = keyed(manager, "revoked_token", &["jti"], columns);
    manager.create_table(table).await?;
    indexes(manager, "revoked_token", &[&["expires_at"]]).await
}
