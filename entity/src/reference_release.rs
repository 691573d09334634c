//! One state of a body of reference data, as its publisher released it.
//!
//! A release never changes: a newer one is loaded beside it, and what was derived from the older
//! one can be explained as long as it is kept.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::ReferenceReleaseId;

/// A release.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "reference_release")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReferenceReleaseId,
    /// What it is a release of.
    pub dataset: ReferenceDataset,
    /// What its publisher calls it; unique in the dataset.
    pub name: String,
    /// The day of the publication, or the first of the month or year when no more is known.
    pub released_on: Date,
    /// Where it is published.
    pub source: String,
    /// Under which terms.
    pub licence: String,
    /// What those terms ask to be said wherever the data are shown.
    pub attribution: String,
    /// The edition of the CIP that a crosswalk begins at, as `2020`.
    pub cip_version: Option<String>,
    /// The edition of the SOC that a crosswalk leads to, as `2018`.
    pub soc_version: Option<String>,
    /// Whether it is the small compilation that the program brings along.
    pub is_sample: bool,
    /// Whether it is the newest of the dataset; a sample is older than anything official.
    pub is_current: bool,
    /// SHA-256 of what was read, by which the same data are known again.
    pub digest: Vec<u8>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// What a release is of.
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
pub enum ReferenceDataset {
    /// Occupations of the O*NET database with their interest scores.
    #[default]
    #[sea_orm(string_value = "ONET")]
    Onet,
    /// Career clusters of both frameworks, the map between them, and the occupations in each.
    #[sea_orm(string_value = "CAREER_CLUSTERS")]
    CareerClusters,
    /// The crosswalk between programmes of study (CIP) and occupations (SOC).
    #[sea_orm(string_value = "CIP_SOC")]
    CipSoc,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
