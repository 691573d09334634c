//! Sandboxes: throw-away districts that are filled, refilled and thrown away.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, PartnerId, SandboxId};

/// One sandbox of one tenant.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "sandbox")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SandboxId,
    /// The district whose clients manage it.
    pub owner_district_id: Option<DistrictId>,
    /// The partner whose clients manage it; with neither, it is the platform's.
    pub owner_partner_id: Option<PartnerId>,
    /// What its owner calls it.
    pub name: String,
    /// The throw-away district.
    pub district_id: DistrictId,
    /// The partners that it began with, in the order of the story: a list of keys in JSON.
    pub partners: String,
    /// About how many students the story has.
    pub students: i32,
    /// What all chance in the story comes from.
    pub seed: i32,
    /// How far it is.
    pub state: SandboxState,
    /// When it last was as fresh as on its first day.
    pub ready_at: Option<DateTimeUtc>,
    /// The last sign of use that is known.
    pub used_at: DateTimeUtc,
    /// Until when the process that works on it keeps it for itself, or nobody need look at it.
    pub claimed_until: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// How far a sandbox is.
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
pub enum SandboxState {
    /// It is being emptied and filled.
    #[default]
    Preparing,
    /// It can be used.
    Ready,
    /// It is being thrown away.
    Deleting,
}

impl SandboxState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Preparing => &[Self::Ready, Self::Deleting],
            Self::Ready => &[Self::Preparing, Self::Deleting],
            Self::Deleting => &[],
        }
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
