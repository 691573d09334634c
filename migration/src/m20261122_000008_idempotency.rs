//! What clients sent under keys of their own, so that sending it again changes nothing.

use sea_orm_migration::schema::{text, timestamp_with_time_zone, uuid};
use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, indexes, keyed};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            uuid("client_id"),
            text("operation"),
            text("key"),
            text("fingerprint"),
            text("result"),
            timestamp_with_time_zone("created_at"),
            timestamp_with_time_zone("expires_at"),
        ];
        let key = ["client_id", "operation", "key"];
        let table = keyed(manager, "idempotency_key", &key, columns)
            .foreign_key(&mut belongs("idempotency_key", "client_id", "api_client"))
            .take();
        manager.create_table(table).await?;
        indexes(manager, "idempotency_key", &[&["expires_at"]]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["idempotency_key"]).await
    }
}
