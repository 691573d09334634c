//! A student's time on a pathway.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, PathwayEnrollmentId, PathwayId, StudentId};
use crate::status::RecordStatus;

/// From the day of entry to the day of exit; of one student on one pathway no two overlap.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "pathway_enrollment")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PathwayEnrollmentId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Who.
    pub student_id: StudentId,
    /// On which pathway.
    pub pathway_id: PathwayId,
    /// First day.
    pub started_on: Date,
    /// Last day; none while it goes on.
    pub ended_on: Option<Date>,
    /// Why it ended.
    pub exit_reason: Option<PathwayExitReason>,
    /// Whether it counts; what was entered by mistake is retired.
    pub status: RecordStatus,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// Why a student is on a pathway no more.
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
pub enum PathwayExitReason {
    /// The programme is done.
    Completed,
    /// Another pathway was taken up.
    ChangedPathway,
    /// School is done, the programme not.
    Graduated,
    /// The student goes to school elsewhere.
    Transferred,
    /// The student gave it up.
    Withdrew,
    /// Anything else.
    #[default]
    Other,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
