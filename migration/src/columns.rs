//! What every table repeats: its key, its keys to other tables, its times and version, its indexes.
//!
//! Names follow one rule, so that an error of the database can be told by the name it carries:
//! `pk_<table>`, `fk_<table>_<column without _id>`, `ix_<table>_<columns without the last id>`,
//! and `uq_` and `ck_` with a name of their own.

use sea_orm_migration::schema::{big_integer, timestamp_with_time_zone, uuid};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::sea_query::{
    ColumnDef, ColumnType, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Index, Table,
    TableCreateStatement,
};
use sea_orm_migration::{DbErr, SchemaManager};

/// A table with a typed key, the given columns, its times and its version.
pub fn tracked(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    let times = [
        timestamp_with_time_zone("created_at"),
        timestamp_with_time_zone("updated_at"),
        big_integer("version"),
    ];
    keyed(manager, table, &["id"], [uuid("id")].into_iter().chain(columns).chain(times))
}

/// A table with a key made of the given columns and nothing added.
///
/// Texts compare byte by byte, as SQLite does by itself: lists run in the same order everywhere,
/// and on PostgreSQL an index serves what begins with a text, whatever language it speaks.
pub fn keyed(
    manager: &SchemaManager<'_>,
    table: &'static str,
    key: &[&'static str],
    columns: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
    let mut create = Table::create().table(table).take();
    for mut column in columns {
        if is_postgres && column.get_column_type() == Some(&ColumnType::Text) {
            column.extra("COLLATE \"C\"");
        }
        create.col(column);
    }
    let mut primary = Index::create().name(format!("pk_{table}")).take();
    for column in key {
        primary.col(*column);
    }
    create.primary_key(&mut primary);
    create
}

/// A key to a row that cannot be deleted while this row is there.
pub fn refers(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    foreign_key(table, column, target, ForeignKeyAction::Restrict)
}

/// A key to a row that takes this row with it.
pub fn belongs(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    foreign_key(table, column, target, ForeignKeyAction::Cascade)
}

fn foreign_key(
    table: &'static str,
    column: &'static str,
    target: &'static str,
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    let role = column.strip_suffix("_id").unwrap_or(column);
    ForeignKey::create()
        .name(format!("fk_{table}_{role}"))
        .from(table, column)
        .to(target, "id")
        .on_delete(on_delete)
        .take()
}

/// The indexes of a table, each given by its columns.
pub async fn indexes(
    manager: &SchemaManager<'_>,
    table: &'static str,
    all: &[&[&'static str]],
) -> Result<(), DbErr> {
    for columns in all {
        let mut index = Index::create().name(index_name(table, columns)).table(table).take();
        for column in *columns {
            index.col(*column);
        }
        manager.create_index(index).await?;
    }
    Ok(())
}

/// An index in whose order a missing value of `nullable` is the smallest, as in all our orders.
///
/// SQLite sorts so by itself; PostgreSQL has to be told.
pub async fn index_nulls_first(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    nullable: &'static str,
) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return indexes(manager, table, &[columns]).await;
    }
    let order = |column: &&str| {
        let nulls = if *column == nullable { " NULLS FIRST" } else { "" };
        format!("\"{column}\"{nulls}")
    };
    let columns_sql: Vec<String> = columns.iter().map(order).collect();
    let sql = format!(
        "CREATE INDEX \"{}\" ON \"{table}\" ({})",
        index_name(table, columns),
        columns_sql.join(", ")
    );
    manager.get_connection().execute_unprepared(&sql).await.map(drop)
}

/// A rule that no two rows agree in all these columns.
pub async fn unique(
    manager: &SchemaManager<'_>,
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
) -> Result<(), DbErr> {
    let mut index = Index::create().unique().name(name).table(table).take();
    for column in columns {
        index.col(*column);
    }
    manager.create_index(index).await
}

/// Drops the tables in the given order, and their indexes with them.
pub async fn drop_tables(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).take()).await?;
    }
    Ok(())
}

fn index_name(table: &str, columns: &[&str]) -> String {
    let named = match columns {
        [named @ .., "id"] => named,
        all => all,
    };
    format!("ix_{table}_{}", named.join("_"))
}
