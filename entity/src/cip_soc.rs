//! For which occupations a programme of study prepares.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait,
};

use crate::id::ReferenceReleaseId;

/// A programme prepares for an occupation, as one release has it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "cip_soc")]
pub struct Model {
    /// The release.
    #[sea_orm(primary_key, auto_increment = false)]
    pub release_id: ReferenceReleaseId,
    /// CIP code of the programme.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cip_code: String,
    /// SOC code of the occupation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub soc_code: String,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
