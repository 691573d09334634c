//! A credential that a pathway leads to.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{DistrictId, PathwayCredentialId, PathwayId};
use crate::status::RecordStatus;

/// A certificate, licence or degree that students earn on the way.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "pathway_credential")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PathwayCredentialId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The pathway.
    pub pathway_id: PathwayId,
    /// What it is called.
    pub name: String,
    /// Who awards it.
    pub issuer: Option<String>,
    /// Whether it counts; what was entered by mistake is retired.
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
