//! What is taught, to whom, by whom and when.

use sea_orm_migration::schema::{
    boolean, date_null, integer_null, text, text_null, uuid, uuid_null,
};

use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, indexes, keyed, refers, tracked, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        course(manager).await?;
        class(manager).await?;
        class_session(manager).await?;
        class_teacher(manager).await?;
        enrollment(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["enrollment", "class_teacher", "class_session", "class", "course"];
        drop_tables(manager, &tables).await
    }
}

async fn course(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        uuid_null("school_id"),
        text("title"),
        text_null("course_code"),
        text_null("subject"),
        text_null("grade_levels"),
        uuid_null("school_year_id"),
        text("status"),
    ];
    let table = tracked(manager, "course", columns)
        .foreign_key(&mut refers("course", "district_id", "district"))
        .foreign_key(&mut refers("course", "school_id", "school"))
        .foreign_key(&mut refers("course", "school_year_id", "academic_session"))
        .take();
    manager.create_table(table).await?;
    indexes(
        manager,
        "course",
        &[
            &["district_id", "id"],
            &["district_id", "title", "id"],
            &["district_id", "status", "id"],
            &["district_id", "updated_at", "id"],
            &["school_id", "id"],
            &["school_year_id", "id"],
        ],
    )
    .await
}

async fn class(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        uuid("school_id"),
        uuid("course_id"),
        text("title"),
        text_null("class_code"),
        text("kind"),
        text_null("location"),
        text_null("period"),
        text("status"),
    ];
    let table = tracked(manager, "class", columns)
        .foreign_key(&mut refers("class", "district_id", "district"))
        .foreign_key(&mut refers("class", "school_id", "school"))
        .foreign_key(&mut refers("class", "course_id", "course"))
        .take();
    manager.create_table(table).await?;
    indexes(
        manager,
        "class",
        &[
            &["district_id", "id"],
            &["district_id", "title", "id"],
            &["district_id", "status", "id"],
            &["district_id", "updated_at", "id"],
            &["course_id", "id"],
            &["school_id", "id"],
        ],
    )
    .await
}

async fn class_session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [uuid("class_id"), uuid("academic_session_id")];
    let table = keyed(manager, "class_session", &["class_id", "academic_session_id"], columns)
        .foreign_key(&mut belongs("class_session", "class_id", "class"))
        .foreign_key(&mut belongs("class_session", "academic_session_id", "academic_session"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "class_session", &[&["academic_session_id", "class_id"]]).await
}

async fn class_teacher(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [uuid("class_id"), uuid("staff_id"), boolean("is_primary")];
    let table = keyed(manager, "class_teacher", &["class_id", "staff_id"], columns)
        .foreign_key(&mut belongs("class_teacher", "class_id", "class"))
        .foreign_key(&mut belongs("class_teacher", "staff_id", "staff"))
        .take();
    manager.create_table(table).await?;
    indexes(manager, "class_teacher", &[&["staff_id", "class_id"]]).await
}

async fn enrollment(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        uuid("class_id"),
        uuid("student_id"),
        date_null("begin_date"),
        date_null("end_date"),
        boolean("is_primary"),
        text_null("result_grade"),
        integer_null("credits_hundredths"),
        date_null("completed_on"),
        text("status"),
    ];
    let table = tracked(manager, "enrollment", columns)
        .foreign_key(&mut refers("enrollment", "district_id", "district"))
        .foreign_key(&mut refers("enrollment", "class_id", "class"))
        .foreign_key(&mut refers("enrollment", "student_id", "student"))
        .take();
    manager.create_table(table).await?;
    unique(manager, "uq_enrollment_class_student", "enrollment", &["class_id", "student_id"])
        .await?;
    indexes(
        manager,
        "enrollment",
        &[
            &["district_id", "id"],
            &["district_id", "status", "id"],
            &["district_id", "updated_at", "id"],
            &["student_id", "id"],
            &["class_id", "id"],
        ],
    )
    .await
}
