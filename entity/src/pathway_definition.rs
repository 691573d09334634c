//! What a jurisdiction calls a participant, a concentrator and a completer, for a time.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{DistrictId, PathwayDefinitionId};
use crate::status::RecordStatus;

/// A definition that a district goes by while it is in force; no two of a district overlap.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "pathway_definition")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PathwayDefinitionId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Whose definition it is, as `US` or `US-CO`.
    pub jurisdiction: String,
    /// Where it is written.
    pub citation: String,
    /// First day on which it is in force.
    pub effective_from: Date,
    /// Last day on which it is in force; none while no end is known.
    pub effective_to: Option<Date>,
    /// Courses of one pathway that make a participant.
    pub participant_courses: i32,
    /// Courses of one pathway that make a concentrator.
    pub concentrator_courses: Option<i32>,
    /// Credits in one pathway that make a concentrator, in hundredths.
    pub concentrator_credits_hundredths: Option<i32>,
    /// Courses that a completer needs beyond having all required ones.
    pub completer_courses: Option<i32>,
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
