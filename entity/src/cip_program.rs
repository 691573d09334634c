//! A programme of study in the Classification of Instructional Programs.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::ReferenceReleaseId;

/// A programme of study, as one release names it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "cip_program")]
pub struct Model {
    /// The release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub release_id: ReferenceReleaseId,
    /// CIP code, as `51.3801`, `51.38` or `51`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// What it is called.
    pub title: String,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
