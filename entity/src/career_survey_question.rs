//! A question of a career survey.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{CareerClusterId, CareerSurveyId, CareerSurveyQuestionId, DistrictId};
use crate::status::RecordStatus;

/// A question about one occupation or one career cluster.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "career_survey_question")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CareerSurveyQuestionId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The survey.
    pub survey_id: CareerSurveyId,
    /// Its place in the survey, from 1.
    pub position: i32,
    /// What is asked.
    pub prompt: String,
    /// The occupation that it is about, by its O*NET-SOC code.
    pub occupation_code: Option<String>,
    /// The career cluster that it is about.
    pub cluster_id: Option<CareerClusterId>,
    /// Whether it counts; what was entered by mistake is retired.
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
