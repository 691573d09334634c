//! One taking of a course: students, teachers, a room and an hour.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{ClassId, CourseId, DistrictId, SchoolId};
use crate::status::RecordStatus;

/// A class.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "class")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClassId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Where it meets.
    pub school_id: SchoolId,
    /// What it teaches.
    pub course_id: CourseId,
    /// Name as people know it.
    pub title: String,
    /// Code on the timetable.
    pub class_code: Option<String>,
    /// Whether it has its own hour.
    pub kind: ClassKind,
    /// Room.
    pub location: Option<String>,
    /// Hour of the timetable.
    pub period: Option<String>,
    /// Whether the record is still in use.
    pub status: RecordStatus,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// Whether a class has its own hour.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "SCREAMING_SNAKE_CASE")]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClassKind {
    /// A group that belongs together, without an hour of its own.
    #[default]
    Homeroom,
    /// A class with its hour on the timetable.
    Scheduled,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
