//! The time of students with partners, and its hours.

use sea_orm_migration::schema::{
    big_integer_null, boolean, date, date_null, integer, integer_null, text, text_null, time,
    timestamp_with_time_zone_null, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::sea_query::{ColumnDef, Expr, ExprTrait};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{drop_tables, indexes, refers, tracked};

/// How placements are paged: by tenant in each order asked for, by student, by what they hold.
const PLACEMENT_INDEXES: &[&[&str]] = &[
    &["district_id", "id"],
    &["district_id", "state", "id"],
    &["district_id", "starts_on", "id"],
    &["district_id", "updated_at", "id"],
    &["partner_id", "id"],
    &["partner_id", "state", "id"],
    &["partner_id", "starts_on", "id"],
    &["partner_id", "updated_at", "id"],
    &["student_id", "id"],
    &["student_id", "starts_on", "id"],
    &["opportunity_id", "id"],
    &["mentor_id", "id"],
    &["supervisor_id", "id"],
    &["coordinator_id", "id"],
    &["site_id", "id"],
];

/// How hours are paged and summed: by placement, by tenant, by student.
const TIME_ENTRY_INDEXES: &[&[&str]] = &[
    &["placement_id", "id"],
    &["placement_id", "worked_on", "id"],
    &["placement_id", "state"],
    &["district_id", "id"],
    &["district_id", "state", "id"],
    &["district_id", "updated_at", "id"],
    &["district_id", "worked_on", "id"],
    &["partner_id", "id"],
    &["partner_id", "worked_on", "id"],
    &["partner_id", "state", "id"],
    &["partner_id", "updated_at", "id"],
    &["student_id", "id"],
    &["student_id", "worked_on"],
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        placement(manager).await?;
        time_entry(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["time_entry", "placement"];
        drop_tables(manager, &tables).await
    }
}

fn placement_columns() -> [ColumnDef; 20] {
    [
        uuid("district_id"),
        uuid("partner_id"),
        uuid("student_id"),
        uuid_null("opportunity_id"),
        uuid_null("site_id"),
        uuid_null("mentor_id"),
        uuid_null("supervisor_id"),
        uuid_null("coordinator_id"),
        uuid_null("course_id"),
        text("kind"),
        text("state"),
        text_null("state_reason"),
        date("starts_on"),
        date("ends_on"),
        date_null("started_on"),
        date_null("ended_on"),
        integer_null("goal_minutes"),
        boolean("is_paid"),
        big_integer_null("hourly_wage_minor"),
        text_null("wage_currency"),
    ]
}

async fn placement(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = tracked(manager, "placement", placement_columns())
        .foreign_key(&mut refers("placement", "district_id", "district"))
        .foreign_key(&mut refers("placement", "partner_id", "partner"))
        .foreign_key(&mut refers("placement", "student_id", "student"))
        .foreign_key(&mut refers("placement", "opportunity_id", "opportunity"))
        .foreign_key(&mut refers("placement", "site_id", "partner_site"))
        .foreign_key(&mut refers("placement", "mentor_id", "partner_contact"))
        .foreign_key(&mut refers("placement", "supervisor_id", "partner_contact"))
        .foreign_key(&mut refers("placement", "coordinator_id", "staff"))
        .foreign_key(&mut refers("placement", "course_id", "course"))
        .check(("ck_placement_dates", Expr::col("ends_on").gte(Expr::col("starts_on"))))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "placement", PLACEMENT_INDEXES).await
}

async fn time_entry(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("placement_id"),
        uuid("district_id"),
        uuid("partner_id"),
        uuid("student_id"),
        date("worked_on"),
        time("starts_at"),
        time("ends_at"),
        integer("break_minutes"),
        integer("minutes"),
        text("category"),
        text("state"),
        text_null("note"),
        uuid_null("approved_by"),
        timestamp_with_time_zone_null("approved_at"),
        text_null("returned_reason"),
        uuid_null("corrects_id"),
    ];
    let table = tracked(manager, "time_entry", columns)
        .foreign_key(&mut refers("time_entry", "placement_id", "placement"))
        .foreign_key(&mut refers("time_entry", "district_id", "district"))
        .foreign_key(&mut refers("time_entry", "partner_id", "partner"))
        .foreign_key(&mut refers("time_entry", "student_id", "student"))
        .foreign_key(&mut refers("time_entry", "approved_by", "partner_contact"))
        .foreign_key(&mut refers("time_entry", "corrects_id", "time_entry"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "time_entry", TIME_ENTRY_INDEXES).await
}
