//! A tenant on the school side: a district, a college or a consortium of both.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::DistrictId;

/// A tenant on the school side.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "district")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DistrictId,
    /// Short name in addresses and on the command line; unique.
    #[sea_orm(unique)]
    pub slug: String,
    /// Name as people know it.
    pub name: String,
    /// What sort of organisation it is.
    pub kind: DistrictKind,
    /// NCES identifier.
    pub identifier: Option<String>,
    /// IANA name of the time zone, as `America/Denver`.
    pub time_zone: String,
    /// Whether it is thrown away when nobody uses it: a world of its own with made-up people.
    pub is_sandbox: bool,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// What sort of organisation a district is.
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
pub enum DistrictKind {
    /// A school district.
    #[default]
    District,
    /// A college or university.
    College,
    /// Several of them acting as one.
    Consortium,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
