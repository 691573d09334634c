//! A career cluster: occupations that share a field of work, as schools group their programmes.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{CareerClusterId, ReferenceReleaseId};

/// A cluster of one framework.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "career_cluster")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CareerClusterId,
    /// The framework that it belongs to.
    pub framework: ClusterFramework,
    /// Its title in small letters and hyphens: the frameworks themselves number nothing.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Whether it cuts across the others, where the framework says so.
    pub is_cross_cutting: Option<bool>,
    /// The newest release that lists it.
    pub release_id: ReferenceReleaseId,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// A framework of career clusters; each has its own year.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    EnumIter,
    Default,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ClusterFramework {
    /// The sixteen clusters of 2002.
    #[sea_orm(string_value = "CAREER_CLUSTERS_2002")]
    Sixteen,
    /// The fourteen clusters of 2024.
    #[default]
    #[sea_orm(string_value = "CAREER_CLUSTERS_2024")]
    Fourteen,
}

impl ClusterFramework {
    /// The year of the framework.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::Sixteen => "2002",
            Self::Fourteen => "2024",
        }
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
