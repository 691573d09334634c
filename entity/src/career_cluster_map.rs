//! Where a cluster of the older framework went in the newer one.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::{CareerClusterId, ReferenceReleaseId};

/// A cluster of 2002 leads to one of 2024, as one release has it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "career_cluster_map")]
pub struct Model {
    /// The release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub release_id: ReferenceReleaseId,
    /// The older cluster.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from_cluster_id: CareerClusterId,
    /// The newer cluster.
    #[sea_orm(primary_key, auto_increment = false)]
    pub to_cluster_id: CareerClusterId,
    /// Whether only a part of the older one went there.
    pub is_partial: bool,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
