//! Client assertions already used: none is taken twice.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::ApiClientId;

/// One used assertion, kept until it would have expired.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "assertion_jti")]
pub struct Model {
    /// The client that signed it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: ApiClientId,
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub jti: String,
    /// When the row may go.
    pub expires_at: DateTimeUtc,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
