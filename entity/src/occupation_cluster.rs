//! Which occupations a career cluster holds.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{CareerClusterId, ReferenceReleaseId};

/// An occupation, by its code, stands in a cluster, as one release has it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "occupation_cluster")]
pub struct Model {
    /// The release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub release_id: ReferenceReleaseId,
    /// The cluster.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cluster_id: CareerClusterId,
    /// O*NET-SOC code; clusters may be loaded before the occupations.
    #[sea_orm(primary_key, auto_increment = false)]
    pub occupation_code: String,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
