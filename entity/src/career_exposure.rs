//! A student's meeting with a field of work, and what the student made of it.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{CareerClusterId, CareerExposureId, DistrictId, StudentId};
use crate::status::RecordStatus;

/// A meeting with a field of work.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "career_exposure")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CareerExposureId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Whose it is.
    pub student_id: StudentId,
    /// How.
    pub kind: CareerExposureKind,
    /// What it was.
    pub title: String,
    /// The day, or the last of several.
    pub occurred_on: Date,
    /// The occupation that it is about, by its O*NET-SOC code.
    pub occupation_code: Option<String>,
    /// The career cluster that it is about.
    pub cluster_id: Option<CareerClusterId>,
    /// How much it appealed, from 1 to 5.
    pub rating: Option<i32>,
    /// What the student says of it.
    pub reflection: Option<String>,
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

/// How a student met with a field of work.
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
pub enum CareerExposureKind {
    /// A career fair.
    #[default]
    #[sea_orm(string_value = "FAIR")]
    Fair,
    /// Somebody told of their work.
    #[sea_orm(string_value = "SPEAKER")]
    Speaker,
    /// A tour of a workplace.
    #[sea_orm(string_value = "TOUR")]
    Tour,
    /// A conversation with somebody who does the work.
    #[sea_orm(string_value = "INFORMATIONAL_INTERVIEW")]
    Interview,
    /// A day or more at somebody's side.
    #[sea_orm(string_value = "JOB_SHADOW")]
    JobShadow,
    /// Anything else.
    #[sea_orm(string_value = "OTHER")]
    Other,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
