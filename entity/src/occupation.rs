//! An occupation of the O*NET-SOC taxonomy, the same in every release that lists its code.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{OccupationId, ReferenceReleaseId};

/// An occupation, as the newest release that lists it tells of it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "occupation")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OccupationId,
    /// O*NET-SOC code, as `29-1141.00`.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// How much preparation it takes, from 1 to 5, where the release says so.
    pub job_zone: Option<i32>,
    /// The newest release that lists it.
    pub release_id: ReferenceReleaseId,
    /// Whether that is the newest release there is.
    pub is_current: bool,
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
