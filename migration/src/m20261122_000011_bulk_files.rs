//! The files of bulk jobs, in pieces.

use sea_orm_migration::schema::{big_integer, blob, text, uuid};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, DeriveMigrationName};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, keyed};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [uuid("job_id"), text("part"), big_integer("starts_at"), blob("bytes")];
        let key = ["job_id", "part", "starts_at"];
        let table = keyed(manager, "bulk_chunk", &key, columns)
            .foreign_key(&mut belongs("bulk_chunk", "job_id", "job"))
            .take();
        manager.create_table(table).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // Most of it is compressed already: trying once more costs time and saves nothing.
            let plain = "ALTER TABLE bulk_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL";
            manager.get_connection().execute_unprepared(plain).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["bulk_chunk"]).await
    }
}
