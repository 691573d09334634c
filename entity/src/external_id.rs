//! The keys by which other systems know our rows.
//!
//! A district's and a partner's systems may use the same key for different things, so a key is read
//! within its tenant.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};

use crate::id::ExternalIdId;

/// One key of one row in one system.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "external_id")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExternalIdId,
    /// Key of the district or partner whose system it is.
    pub tenant_id: Uuid,
    /// What the row is: the prefix of its global id, as `student`.
    pub kind: String,
    /// Name of the other system.
    pub system: String,
    /// The key over there.
    pub value: String,
    /// The row over here.
    pub entity_id: Uuid,
    /// When the tie was made.
    pub created_at: DateTimeUtc,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
