//! What is known of students' interests.

use sea_orm_migration::schema::{
    date, integer, integer_null, text, text_null, timestamp_with_time_zone, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::sea_query::{ColumnDef, Expr, ExprTrait, TableCreateStatement};
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, indexes, keyed, refers, tracked, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        assessment(manager).await?;
        survey(manager).await?;
        question(manager).await?;
        response(manager).await?;
        exposure(manager).await?;
        goal(manager).await?;
        standing(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            "interest_standing",
            "career_goal",
            "career_exposure",
            "career_survey_response",
            "career_survey_question",
            "career_survey",
            "interest_assessment",
        ];
        drop_tables(manager, &tables).await
    }
}

/// A table of what students have told, each row of one student.
fn of_student(
    manager: &SchemaManager<'_>,
    table: &'static str,
    own: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    let whose = [uuid("district_id"), uuid("student_id")];
    let every = [text_null("grade_level"), text_null("source"), text("status")];
    tracked(manager, table, whose.into_iter().chain(own).chain(every))
        .foreign_key(&mut refers(table, "district_id", "district"))
        .foreign_key(&mut refers(table, "student_id", "student"))
        .take()
}

/// How such a table is paged: by district in each order asked for, and by student.
async fn paged(
    manager: &SchemaManager<'_>,
    table: &'static str,
    day: &'static str,
) -> Result<(), DbErr> {
    let all: [&[&'static str]; 5] = [
        &["district_id", "id"],
        &["district_id", day, "id"],
        &["district_id", "updated_at", "id"],
        &["student_id", "id"],
        &["student_id", day, "id"],
    ];
    indexes(manager, table, &all).await
}

async fn assessment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("instrument"),
        text_null("instrument_name"),
        text_null("answers"),
        integer("max_score"),
        integer("realistic"),
        integer("investigative"),
        integer("artistic"),
        integer("social"),
        integer("enterprising"),
        integer("conventional"),
        date("taken_on"),
    ];
    let table = of_student(manager, "interest_assessment", columns)
        .check(("ck_interest_assessment_max", Expr::col("max_score").gt(0)))
        .take();
    manager.create_table(table).await?;
    paged(manager, "interest_assessment", "taken_on").await
}

async fn survey(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [uuid("district_id"), text("title"), text_null("description"), text("status")];
    let table = tracked(manager, "career_survey", columns)
        .foreign_key(&mut refers("career_survey", "district_id", "district"))
        .take();
    manager.create_table(table).await?;
    let all: [&[&'static str]; 3] = [
        &["district_id", "id"],
        &["district_id", "title", "id"],
        &["district_id", "updated_at", "id"],
    ];
    indexes(manager, "career_survey", &all).await
}

async fn question(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "career_survey_question";
    let columns = [
        uuid("district_id"),
        uuid("survey_id"),
        integer("position"),
        text("prompt"),
        text_null("occupation_code"),
        uuid_null("cluster_id"),
        text("status"),
    ];
    let create = tracked(manager, table, columns)
        .foreign_key(&mut refers(table, "district_id", "district"))
        .foreign_key(&mut refers(table, "survey_id", "career_survey"))
        .foreign_key(&mut refers(table, "cluster_id", "career_cluster"))
        .take();
    manager.create_table(create).await?;
    let all: [&[&'static str]; 5] = [
        &["district_id", "id"],
        &["district_id", "updated_at", "id"],
        &["survey_id", "id"],
        &["survey_id", "position", "id"],
        &["cluster_id"],
    ];
    indexes(manager, table, &all).await
}

async fn response(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "career_survey_response";
    let columns = [uuid("question_id"), integer("rating"), date("answered_on")];
    let create = of_student(manager, table, columns)
        .foreign_key(&mut refers(table, "question_id", "career_survey_question"))
        .take();
    manager.create_table(create).await?;
    indexes(manager, table, &[&["question_id", "id"]]).await?;
    paged(manager, table, "answered_on").await
}

async fn exposure(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("kind"),
        text("title"),
        date("occurred_on"),
        text_null("occupation_code"),
        uuid_null("cluster_id"),
        integer_null("rating"),
        text_null("reflection"),
    ];
    let table = of_student(manager, "career_exposure", columns)
        .foreign_key(&mut refers("career_exposure", "cluster_id", "career_cluster"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "career_exposure", &[&["cluster_id"]]).await?;
    paged(manager, "career_exposure", "occurred_on").await
}

async fn goal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("kind"),
        text("statement"),
        text_null("occupation_code"),
        uuid_null("cluster_id"),
        date("set_on"),
        uuid_null("supersedes_id"),
    ];
    let table = of_student(manager, "career_goal", columns)
        .foreign_key(&mut refers("career_goal", "cluster_id", "career_cluster"))
        .foreign_key(&mut refers("career_goal", "supersedes_id", "career_goal"))
        .take();
    manager.create_table(table).await?;
    // Of two goals that take the place of one, neither would be the goal.
    let supersedes = ["supersedes_id"];
    unique(manager, "uq_career_goal_supersedes", "career_goal", &supersedes).await?;
    indexes(manager, "career_goal", &[&["cluster_id"]]).await?;
    paged(manager, "career_goal", "set_on").await
}

async fn standing(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = "interest_standing";
    let columns = [
        uuid("student_id"),
        uuid("district_id"),
        text_null("primary_area"),
        uuid_null("primary_cluster_id"),
        uuid_null("onet_release_id"),
        uuid_null("cluster_release_id"),
        integer("formula"),
        timestamp_with_time_zone("updated_at"),
    ];
    let create = keyed(manager, table, &["student_id"], columns)
        .foreign_key(&mut belongs(table, "student_id", "student"))
        .foreign_key(&mut refers(table, "district_id", "district"))
        .take();
    manager.create_table(create).await?;
    indexes(manager, table, &[&["district_id", "student_id"]]).await
}
