//! A student's seat in a class, and what came of it.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{ClassId, DistrictId, EnrollmentId, StudentId};
use crate::status::RecordStatus;

/// One seat; a student has at most one in a class.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "enrollment")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EnrollmentId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The class.
    pub class_id: ClassId,
    /// The student.
    pub student_id: StudentId,
    /// First day.
    pub begin_date: Option<Date>,
    /// Day after the last day.
    pub end_date: Option<Date>,
    /// Whether this is the student's main class of its course.
    pub is_primary: bool,
    /// Final grade, as the school writes it.
    pub result_grade: Option<String>,
    /// Credits earned, in hundredths: 50 is half a credit.
    pub credits_hundredths: Option<i32>,
    /// Day the student completed the class.
    pub completed_on: Option<Date>,
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
