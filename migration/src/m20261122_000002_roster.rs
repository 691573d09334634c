//! The people and the calendar of a district.

use sea_orm_migration::schema::{date, date_null, integer, text, text_null, uuid, uuid_null};

use sea_orm_migration::sea_orm::DeriveMigrationName;
use sea_orm_migration::{DbErr, MigrationTrait, SchemaManager, async_trait};

use crate::columns::{belongs, drop_tables, index_nulls_first, indexes, refers, tracked, unique};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        school(manager).await?;
        academic_session(manager).await?;
        student(manager).await?;
        guardian(manager).await?;
        guardianship(manager).await?;
        staff(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["staff", "guardianship", "guardian", "student", "academic_session", "school"];
        drop_tables(manager, &tables).await
    }
}

async fn school(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [uuid("district_id"), text("name"), text_null("identifier"), text("status")];
    let table = tracked(manager, "school", columns)
        .foreign_key(&mut refers("school", "district_id", "district"))
        .take();
    manager.create_table(table).await?;
    indexes(
        manager,
        "school",
        &[
            &["district_id", "id"],
            &["district_id", "name", "id"],
            &["district_id", "status", "id"],
            &["district_id", "updated_at", "id"],
        ],
    )
    .await
}

async fn academic_session(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        text("title"),
        text("kind"),
        date("start_date"),
        date("end_date"),
        integer("school_year"),
        uuid_null("parent_id"),
        text("status"),
    ];
    let table = tracked(manager, "academic_session", columns)
        .foreign_key(&mut refers("academic_session", "district_id", "district"))
        .foreign_key(&mut refers("academic_session", "parent_id", "academic_session"))
        .take();
    manager.create_table(table).await?;
    indexes(
        manager,
        "academic_session",
        &[
            &["district_id", "id"],
            &["district_id", "start_date", "id"],
            &["district_id", "status", "id"],
            &["district_id", "updated_at", "id"],
            &["parent_id", "id"],
        ],
    )
    .await
}

async fn student(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        uuid_null("school_id"),
        text("given_name"),
        text("family_name"),
        text_null("middle_name"),
        text_null("preferred_given_name"),
        date_null("birth_date"),
        text_null("grade_level"),
        text_null("email"),
        text_null("phone"),
        text_null("student_number"),
        text("status"),
    ];
    let table = tracked(manager, "student", columns)
        .foreign_key(&mut refers("student", "district_id", "district"))
        .foreign_key(&mut refers("student", "school_id", "school"))
        .take();
    manager.create_table(table).await?;
    index_nulls_first(manager, "student", &["district_id", "grade_level", "id"], "grade_level")
        .await?;
    indexes(
        manager,
        "student",
        &[
            &["district_id", "id"],
            &["district_id", "family_name", "id"],
            &["district_id", "updated_at", "id"],
            &["district_id", "status", "id"],
            &["school_id", "id"],
            &["school_id", "family_name", "id"],
        ],
    )
    .await
}

async fn guardian(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        text("given_name"),
        text("family_name"),
        text_null("email"),
        text_null("phone"),
        text("status"),
    ];
    let table = tracked(manager, "guardian", columns)
        .foreign_key(&mut refers("guardian", "district_id", "district"))
        .take();
    manager.create_table(table).await?;
    indexes(
        manager,
        "guardian",
        &[
            &["district_id", "id"],
            &["district_id", "family_name", "id"],
            &["district_id", "status", "id"],
            &["district_id", "updated_at", "id"],
        ],
    )
    .await
}

async fn guardianship(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns =
        [uuid("district_id"), uuid("student_id"), uuid("guardian_id"), text("relationship")];
    let table = tracked(manager, "guardianship", columns)
        .foreign_key(&mut refers("guardianship", "district_id", "district"))
        .foreign_key(&mut belongs("guardianship", "student_id", "student"))
        .foreign_key(&mut belongs("guardianship", "guardian_id", "guardian"))
        .take();
    manager.create_table(table).await?;
    unique(
        manager,
        "uq_guardianship_student_guardian",
        "guardianship",
        &["student_id", "guardian_id"],
    )
    .await?;
    indexes(
        manager,
        "guardianship",
        &[
            &["district_id", "id"],
            &["district_id", "updated_at", "id"],
            &["student_id", "id"],
            &["guardian_id", "id"],
        ],
    )
    .await
}

async fn staff(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        uuid("district_id"),
        uuid_null("school_id"),
        text("given_name"),
        text("family_name"),
        text_null("email"),
        text("kind"),
        text("status"),
    ];
    let table = tracked(manager, "staff", columns)
        .foreign_key(&mut refers("staff", "district_id", "district"))
        .foreign_key(&mut refers("staff", "school_id", "school"))
        .take();
    manager.create_table(table).await?;
    indexes(
        manager,
        "staff",
        &[
            &["district_id", "id"],
            &["district_id", "family_name", "id"],
            &["district_id", "updated_at", "id"],
            &["district_id", "status", "id"],
            &["school_id", "id"],
            &["school_id", "family_name", "id"],
        ],
    )
    .await
}
