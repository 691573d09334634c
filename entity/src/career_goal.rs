//! What a student means to become.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{CareerClusterId, CareerGoalId, DistrictId, StudentId};
use crate::status::RecordStatus;

/// A goal; a newer one takes the place of an older one, which stays.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "career_goal")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CareerGoalId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Whose it is.
    pub student_id: StudentId,
    /// By which road.
    pub kind: CareerGoalKind,
    /// The goal in the student's words.
    pub statement: String,
    /// The occupation that it is about, by its O*NET-SOC code.
    pub occupation_code: Option<String>,
    /// The career cluster that it is about.
    pub cluster_id: Option<CareerClusterId>,
    /// The day on which it was set.
    pub set_on: Date,
    /// The older goal whose place it takes.
    pub supersedes_id: Option<CareerGoalId>,
    /// The grade at that time, as `10`.
    pub grade_level: Option<String>,
    /// Where it comes from: a platform, an event, a lesson.
    pub source: Option<String>,
    /// Whether it counts; what was entered by mistake is retired.
    pub status: RecordStatus,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// By which road a student means to get there.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum CareerGoalKind {
    /// To work.
    #[default]
    #[sea_orm(string_value = "EMPLOYMENT")]
    Employment,
    /// A registered apprenticeship.
    #[sea_orm(string_value = "APPRENTICESHIP")]
    Apprenticeship,
    /// A certificate or licence.
    #[sea_orm(string_value = "TECHNICAL_TRAINING")]
    TechnicalTraining,
    /// An associate degree.
    #[sea_orm(string_value = "TWO_YEAR_COLLEGE")]
    TwoYearCollege,
    /// A bachelor's degree or more.
    #[sea_orm(string_value = "FOUR_YEAR_COLLEGE")]
    FourYearCollege,
    /// To serve.
    #[sea_orm(string_value = "MILITARY")]
    Military,
    /// Not known yet.
    #[sea_orm(string_value = "UNDECIDED")]
    Undecided,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
