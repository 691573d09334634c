//! What an instrument found out about a student's interests.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, InterestAssessmentId, StudentId};
use crate::status::RecordStatus;

/// An assessment, with a score in each of Holland's six areas.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "interest_assessment")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InterestAssessmentId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Whose it is.
    pub student_id: StudentId,
    /// With what it was made.
    pub instrument: InterestInstrument,
    /// What another instrument is called.
    pub instrument_name: Option<String>,
    /// The raw answers, a digit from 1 to 5 for each item, where they are kept.
    pub answers: Option<String>,
    /// The highest score that an area can have; the lowest is 0.
    pub max_score: i32,
    /// Working with things, tools and machines.
    pub realistic: i32,
    /// Finding out and understanding.
    pub investigative: i32,
    /// Creating and expressing.
    pub artistic: i32,
    /// Helping and teaching people.
    pub social: i32,
    /// Leading and persuading people.
    pub enterprising: i32,
    /// Keeping things in order and to rule.
    pub conventional: i32,
    /// The day on which it was taken.
    pub taken_on: Date,
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

impl Model {
    /// The six scores, each out of `max_score`, in the order of the areas.
    #[must_use]
    pub const fn scores(&self) -> [i32; 6] {
        [
            self.realistic,
            self.investigative,
            self.artistic,
            self.social,
            self.enterprising,
            self.conventional,
        ]
    }
}

/// With what interests were assessed.
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
pub enum InterestInstrument {
    /// The O*NET Interest Profiler, short form: sixty items.
    #[default]
    #[sea_orm(string_value = "ONET_SHORT_FORM_60")]
    OnetShortForm,
    /// The O*NET Mini Interest Profiler: thirty items.
    #[sea_orm(string_value = "ONET_MINI_30")]
    OnetMini,
    /// Another instrument, of which only the scores are known.
    #[sea_orm(string_value = "OTHER")]
    Other,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
