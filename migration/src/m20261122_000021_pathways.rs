//! Career pathways: what a district offers, who is on which, and what progress is called.

use sea_orm_migration::schema::{
    boolean, date, date_null, integer, integer_null, text, text_null, uuid,
};
use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::sea_query::{Expr, ExprTrait};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{drop_tables, indexes, refers, tracked, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        pathway(manager).await?;
        course(manager).await?;
        credential(manager).await?;
        enrollment(manager).await?;
        definition(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "pathway_definition",
            "pathway_enrollment",
            "pathway_credential",
            "pathway_course",
            "pathway",
        ];
        drop_tables(manager, &tables).await
    }
}

async fn pathway(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        text("name"),
        text_null("code"),
        uuid("cluster_id"),
        text_null("cip_code"),
        text_null("description"),
        integer_null("wbl_minutes"),
        text("status"),
    ];
    let create = tracked(manager, "pathway", columns)
        .foreign_key(&mut refers("pathway", "district_id", "district"))
        .foreign_key(&mut refers("pathway", "cluster_id", "career_cluster"))
        .check(("ck_pathway_wbl", Expr::col("wbl_minutes").gte(0)))
        .take();
    manager.create_table(create).await?;
    let all: [&[&'static str]; 6] = [
        &["district_id", "id"],
        &["district_id", "name", "id"],
        &["district_id", "code", "id"],
        &["district_id", "cluster_id", "id"],
        &["district_id", "updated_at", "id"],
        &["cluster_id"],
    ];
    indexes(manager, "pathway", &all).await
}

async fn course(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "pathway_course";
    let columns = [
        uuid("district_id"),
        uuid("pathway_id"),
        uuid("course_id"),
        integer("position"),
        boolean("is_required"),
        integer_null("credits_hundredths"),
        text("status"),
    ];
    let create = tracked(manager, table, columns)
        .foreign_key(&mut refers(table, "district_id", "district"))
        .foreign_key(&mut refers(table, "pathway_id", "pathway"))
        .foreign_key(&mut refers(table, "course_id", "course"))
        .take();
    manager.create_table(create).await?;
    unique(manager, "uq_pathway_course_course", table, &["pathway_id", "course_id"]).await?;
    let all: [&[&'static str]; 6] = [
        &["district_id", "id"],
        &["district_id", "position", "id"],
        &["district_id", "updated_at", "id"],
        &["pathway_id", "id"],
        &["pathway_id", "position", "id"],
        &["course_id", "id"],
    ];
    indexes(manager, table, &all).await
}

async fn credential(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "pathway_credential";
    let columns = [
        uuid("district_id"),
        uuid("pathway_id"),
        text("name"),
        text_null("issuer"),
        text("status"),
    ];
    let create = tracked(manager, table, columns)
        .foreign_key(&mut refers(table, "district_id", "district"))
        .foreign_key(&mut refers(table, "pathway_id", "pathway"))
        .take();
    manager.create_table(create).await?;
    let all: [&[&'static str]; 4] = [
        &["district_id", "id"],
        &["district_id", "name", "id"],
        &["district_id", "updated_at", "id"],
        &["pathway_id", "id"],
    ];
    indexes(manager, table, &all).await
}

async fn enrollment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "pathway_enrollment";
    let columns = [
        uuid("district_id"),
        uuid("student_id"),
        uuid("pathway_id"),
        date("started_on"),
        date_null("ended_on"),
        text_null("exit_reason"),
        text("status"),
    ];
    let create = tracked(manager, table, columns)
        .foreign_key(&mut refers(table, "district_id", "district"))
        .foreign_key(&mut refers(table, "student_id", "student"))
        .foreign_key(&mut refers(table, "pathway_id", "pathway"))
        .check(("ck_pathway_enrollment_days", Expr::col("ended_on").gte(Expr::col("started_on"))))
        .take();
    manager.create_table(create).await?;
    let all: [&[&'static str]; 7] = [
        &["district_id", "id"],
        &["district_id", "started_on", "id"],
        &["district_id", "updated_at", "id"],
        &["student_id", "id"],
        &["student_id", "started_on", "id"],
        &["pathway_id", "id"],
        &["pathway_id", "started_on", "id"],
    ];
    indexes(manager, table, &all).await
}

async fn definition(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "pathway_definition";
    let columns = [
        uuid("district_id"),
        text("jurisdiction"),
        text("citation"),
        date("effective_from"),
        date_null("effective_to"),
        integer("participant_courses"),
        integer_null("concentrator_courses"),
        integer_null("concentrator_credits_hundredths"),
        integer_null("completer_courses"),
        text("status"),
    ];
    let days = Expr::col("effective_to").gte(Expr::col("effective_from"));
    let create = tracked(manager, table, columns)
        .foreign_key(&mut refers(table, "district_id", "district"))
        .check(("ck_pathway_definition_days", days))
        .take();
    manager.create_table(create).await?;
    let all: [&[&'static str]; 3] = [
        &["district_id", "id"],
        &["district_id", "effective_from", "id"],
        &["district_id", "updated_at", "id"],
    ];
    indexes(manager, table, &all).await
}
