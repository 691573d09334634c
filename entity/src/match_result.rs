//! What a proposal says of one student.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{DistrictId, MatchResultId, MatchRunId, OpportunityId, PlacementId, StudentId};

/// One student of a proposal, with a seat or without.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "match_result")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MatchResultId,
    /// The proposal.
    pub run_id: MatchRunId,
    /// The district of the proposal.
    pub district_id: DistrictId,
    /// The student.
    pub student_id: StudentId,
    /// What the student got, if anything.
    pub opportunity_id: Option<OpportunityId>,
    /// Its place on the student's list.
    pub rank: Option<i32>,
    /// How many levels of priority stand before this student's.
    pub level: i32,
    /// What the student drew: the lower, the better.
    pub ticket: i64,
    /// What the student wanted more and did not get, with the reasons: a JSON list.
    pub passed_over: String,
    /// The placement, once the proposal is confirmed.
    pub placement_id: Option<PlacementId>,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
