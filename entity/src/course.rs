//! What is taught; a class is one taking of it.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{AcademicSessionId, CourseId, DistrictId, SchoolId};
use crate::status::RecordStatus;

/// A course of study.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "course")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CourseId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The school that offers it; none when the whole district does.
    pub school_id: Option<SchoolId>,
    /// Name in the catalogue.
    pub title: String,
    /// Code in the catalogue.
    pub course_code: Option<String>,
    /// Field of study.
    pub subject: Option<String>,
    /// Grades it is meant for, separated by commas.
    pub grade_levels: Option<String>,
    /// The school year it is offered in.
    pub school_year_id: Option<AcademicSessionId>,
    /// Whether the record is still in use.
    pub status: RecordStatus,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
