//! A proposal for whole classes at once: which student gets which seat.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, MatchRunId};

/// A proposal; what it was made of may change afterwards, the proposal does not.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "match_run")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MatchRunId,
    /// The district whose students it places.
    pub district_id: DistrictId,
    /// What the coordinator calls it.
    pub name: String,
    /// How far it has come.
    pub state: MatchRunState,
    /// What the lottery is drawn from.
    pub seed: String,
    /// What comes before the lottery, the most important first: a JSON list.
    pub priorities: String,
    /// The first day of what has no first day of its own.
    pub starts_on: Date,
    /// The last day of what has no last day of its own.
    pub ends_on: Date,
    /// Students with a list.
    pub students: i32,
    /// Opportunities on their lists.
    pub opportunities: i32,
    /// Seats that were free there.
    pub seats: i32,
    /// Students who got one.
    pub assigned: i32,
    /// When it was confirmed or discarded.
    pub settled_at: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// How far a proposal has come.
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
pub enum MatchRunState {
    /// Waits for a coordinator.
    #[default]
    Proposed,
    /// Its placements were made.
    Confirmed,
    /// Nothing comes of it.
    Discarded,
}

impl MatchRunState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Proposed => &[Self::Confirmed, Self::Discarded],
            Self::Confirmed | Self::Discarded => &[],
        }
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
