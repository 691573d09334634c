//! A student's answer to a question of a career survey.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{CareerSurveyQuestionId, CareerSurveyResponseId, DistrictId, StudentId};
use crate::status::RecordStatus;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "career_survey_response")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CareerSurveyResponseId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Whose it is.
    pub student_id: StudentId,
    /// What was asked.
    pub question_id: CareerSurveyQuestionId,
    /// How much it appeals, from 1 to 5.
    pub rating: i32,
    /// The day of the answer.
    pub answered_on: Date,
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

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
