//! A student, with what is needed to know and reach them.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{DistrictId, SchoolId, StudentId};
use crate::status::PersonStatus;

/// A student.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "student")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StudentId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The school they attend.
    pub school_id: Option<SchoolId>,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Middle name.
    pub middle_name: Option<String>,
    /// First name they go by.
    pub preferred_given_name: Option<String>,
    /// Decides what a minor may do, and when rights pass to the student.
    pub birth_date: Option<Date>,
    /// As `10` or `KG`.
    pub grade_level: Option<String>,
    /// Address at school.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Number the school knows them by; local, not unique.
    pub student_number: Option<String>,
    /// Whether the person still takes part.
    pub status: PersonStatus,
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
