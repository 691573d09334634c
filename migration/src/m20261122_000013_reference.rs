//! Reference data: releases, occupations, career clusters, and the crosswalks between frameworks.

use sea_orm_migration::schema::{
    blob, boolean, boolean_null, date, integer_null, text, text_null, uuid,
};
use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::sea_query::{ColumnDef, Expr, ExprTrait};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{drop_tables, indexes, keyed, refers, tracked, unique};

/// The six scores of an edition.
const AREAS: [&str; 6] =
    ["realistic", "investigative", "artistic", "social", "enterprising", "conventional"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        release(manager).await?;
        occupation(manager).await?;
        edition(manager).await?;
        cluster(manager).await?;
        cluster_map(manager).await?;
        membership(manager).await?;
        named_code(manager, "cip_program").await?;
        named_code(manager, "soc_occupation").await?;
        cip_soc(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "cip_soc",
            "soc_occupation",
            "cip_program",
            "occupation_cluster",
            "career_cluster_map",
            "career_cluster",
            "occupation_edition",
            "occupation",
            "reference_release",
        ];
        drop_tables(manager, &tables).await
    }
}

async fn release(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("dataset"),
        text("name"),
        date("released_on"),
        text("source"),
        text("licence"),
        text("attribution"),
        text_null("cip_version"),
        text_null("soc_version"),
        boolean("is_sample"),
        boolean("is_current"),
        blob("digest"),
    ];
    manager.create_table(tracked(manager, "reference_release", columns)).await?;
    let named = ["dataset", "name"];
    unique(manager, "uq_reference_release_name", "reference_release", &named).await?;
    let all: [&[&'static str]; 3] =
        [&["dataset", "id"], &["released_on", "id"], &["is_current", "dataset"]];
    indexes(manager, "reference_release", &all).await
}

async fn occupation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("code"),
        text("title"),
        integer_null("job_zone"),
        uuid("release_id"),
        boolean("is_current"),
    ];
    let table = tracked(manager, "occupation", columns)
        .foreign_key(&mut refers("occupation", "release_id", "reference_release"))
        .check(("ck_occupation_job_zone", Expr::col("job_zone").between(1, 5)))
        .take();
    manager.create_table(table).await?;
    unique(manager, "uq_occupation_code", "occupation", &["code"]).await?;
    let all: [&[&'static str]; 5] = [
        &["code", "id"],
        &["title", "id"],
        &["release_id", "id"],
        &["is_current", "id"],
        &["updated_at", "id"],
    ];
    indexes(manager, "occupation", &all).await
}

async fn edition(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns =
        [uuid("occupation_id"), uuid("release_id"), text("title"), integer_null("job_zone")];
    let columns = columns.into_iter().chain(AREAS.into_iter().map(integer_null));
    let key = ["occupation_id", "release_id"];
    let mut table = keyed(manager, "occupation_edition", &key, columns)
        .foreign_key(&mut refers("occupation_edition", "occupation_id", "occupation"))
        .foreign_key(&mut refers("occupation_edition", "release_id", "reference_release"))
        .take();
    // Scores go from 1.00 to 7.00, and are kept in hundredths.
    let within = AREAS.into_iter().map(|area| Expr::col(area).between(100, 700));
    let within = within.reduce(ExprTrait::and);
    table.check(("ck_occupation_edition_job_zone", Expr::col("job_zone").between(1, 5)));
    if let Some(within) = within {
        table.check(("ck_occupation_edition_interests", within));
    }
    manager.create_table(table).await?;
    indexes(manager, "occupation_edition", &[&["release_id", "occupation_id"]]).await
}

async fn cluster(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("framework"),
        text("code"),
        text("title"),
        boolean_null("is_cross_cutting"),
        uuid("release_id"),
    ];
    let table = tracked(manager, "career_cluster", columns)
        .foreign_key(&mut refers("career_cluster", "release_id", "reference_release"))
        .take();
    manager.create_table(table).await?;
    let named = ["framework", "code"];
    unique(manager, "uq_career_cluster_code", "career_cluster", &named).await?;
    let all: [&[&'static str]; 5] = [
        &["framework", "id"],
        &["code", "id"],
        &["title", "id"],
        &["release_id", "id"],
        &["updated_at", "id"],
    ];
    indexes(manager, "career_cluster", &all).await
}

async fn cluster_map(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "career_cluster_map";
    let key = ["release_id", "from_cluster_id", "to_cluster_id"];
    let columns = key.into_iter().map(uuid).chain([boolean("is_partial")]);
    let create = keyed(manager, table, &key, columns)
        .foreign_key(&mut refers(table, "release_id", "reference_release"))
        .foreign_key(&mut refers(table, "from_cluster_id", "career_cluster"))
        .foreign_key(&mut refers(table, "to_cluster_id", "career_cluster"))
        .take();
    manager.create_table(create).await?;
    indexes(manager, table, &[&["from_cluster_id"], &["to_cluster_id"]]).await
}

async fn membership(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [uuid("release_id"), uuid("cluster_id"), text("occupation_code")];
    let table = "occupation_cluster";
    let key = ["release_id", "cluster_id", "occupation_code"];
    let create = keyed(manager, table, &key, columns)
        .foreign_key(&mut refers(table, "release_id", "reference_release"))
        .foreign_key(&mut refers(table, "cluster_id", "career_cluster"))
        .take();
    manager.create_table(create).await?;
    // From either end.
    let all: [&[&'static str]; 2] =
        [&["cluster_id", "occupation_code"], &["occupation_code", "cluster_id"]];
    indexes(manager, table, &all).await
}

async fn named_code(manager: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    of_release(manager, table, &["release_id", "code"], [text("code"), text("title")]).await
}

async fn cip_soc(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let key = ["release_id", "cip_code", "soc_code"];
    of_release(manager, "cip_soc", &key, [text("cip_code"), text("soc_code")]).await
}

/// A table whose rows are read a release at a time, by its key.
async fn of_release(
    manager: &SchemaManager<'_>,
    table: &'static str,
    key: &[&'static str],
    columns: [ColumnDef; 2],
) -> Result<(), DbErr> {
    let columns = [uuid("release_id")].into_iter().chain(columns);
    let create = keyed(manager, table, key, columns)
        .foreign_key(&mut refers(table, "release_id", "reference_release"))
        .take();
    manager.create_table(create).await
}
