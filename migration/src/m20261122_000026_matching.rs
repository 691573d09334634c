//! Students' lists of wishes, and the proposals made of them.

use sea_orm_migration::schema::{
    big_integer, date, integer, integer_null, text, timestamp_with_time_zone_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::sea_query::{Expr, ExprTrait};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, indexes, keyed, refers, tracked, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        preference(manager).await?;
        run(manager).await?;
        result(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["match_result", "match_run", "placement_preference"]).await
    }
}

async fn preference(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "placement_preference";
    let columns = [
        uuid("district_id"),
        uuid("student_id"),
        uuid("opportunity_id"),
        integer("rank"),
        text("status"),
    ];
    let create = tracked(manager, table, columns)
        .check(("ck_placement_preference_rank", Expr::col("rank").gt(0)))
        .foreign_key(&mut refers(table, "district_id", "district"))
        .foreign_key(&mut refers(table, "student_id", "student"))
        .foreign_key(&mut refers(table, "opportunity_id", "opportunity"))
        .take();
    manager.create_table(create).await?;
    // Two lines of one list for the same opportunity would be one wish with two places.
    unique(manager, "uq_placement_preference", table, &["student_id", "opportunity_id"]).await?;
    let all: [&[&'static str]; 8] = [
        &["district_id", "id"],
        &["district_id", "rank", "id"],
        &["district_id", "updated_at", "id"],
        &["district_id", "student_id", "rank"],
        &["student_id", "id"],
        &["student_id", "rank", "id"],
        &["opportunity_id", "id"],
        &["opportunity_id", "rank", "id"],
    ];
    indexes(manager, table, &all).await
}

async fn run(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "match_run";
    let columns = [
        uuid("district_id"),
        text("name"),
        text("state"),
        text("seed"),
        text("priorities"),
        date("starts_on"),
        date("ends_on"),
        integer("students"),
        integer("opportunities"),
        integer("seats"),
        integer("assigned"),
        timestamp_with_time_zone_null("settled_at"),
    ];
    let create = tracked(manager, table, columns)
        .foreign_key(&mut refers(table, "district_id", "district"))
        .take();
    manager.create_table(create).await?;
    let all: [&[&'static str]; 2] = [&["district_id", "id"], &["district_id", "updated_at", "id"]];
    indexes(manager, table, &all).await
}

async fn result(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "match_result";
    let columns = [
        uuid("id"),
        uuid("run_id"),
        uuid("district_id"),
        uuid("student_id"),
        uuid_null("opportunity_id"),
        integer_null("rank"),
        integer("level"),
        big_integer("ticket"),
        text("passed_over"),
        uuid_null("placement_id"),
    ];
    let create = keyed(manager, table, &["id"], columns)
        .foreign_key(&mut belongs(table, "run_id", "match_run"))
        .foreign_key(&mut refers(table, "district_id", "district"))
        .foreign_key(&mut refers(table, "student_id", "student"))
        .foreign_key(&mut refers(table, "opportunity_id", "opportunity"))
        .foreign_key(&mut refers(table, "placement_id", "placement"))
        .take();
    manager.create_table(create).await?;
    unique(manager, "uq_match_result", table, &["run_id", "student_id"]).await?;
    let all: [&[&'static str]; 7] = [
        &["run_id", "id"],
        &["run_id", "ticket", "id"],
        &["district_id", "id"],
        &["student_id", "id"],
        &["student_id", "ticket", "id"],
        &["opportunity_id", "id"],
        &["placement_id"],
    ];
    indexes(manager, table, &all).await
}
