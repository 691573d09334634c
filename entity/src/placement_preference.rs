//! What a student would like to do next: an opportunity and its place on their list.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{DistrictId, OpportunityId, PlacementPreferenceId, StudentId};
use crate::status::RecordStatus;

/// One line of a student's list.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "placement_preference")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlacementPreferenceId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Whose list it is.
    pub student_id: StudentId,
    /// What is wanted.
    pub opportunity_id: OpportunityId,
    /// The place on the list; 1 is wanted most.
    pub rank: i32,
    /// Whether it still holds.
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
