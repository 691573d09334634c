//! Where the log of changes stands: one row, held by whoever writes the log.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DeriveEntityModel, DerivePrimaryKey, DeriveRelation, EntityTrait,
    EnumIter, PrimaryKeyTrait, Uuid,
};

/// The beginning and the end of the log.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "feed_state")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Drawn when the database was made: a cursor of another database names another.
    pub epoch: Uuid,
    /// The number of the last change.
    pub head: i64,
    /// The number of the last change that is no longer kept.
    pub forgotten: i64,
    /// The last number that the tables of the log have room for.
    pub room: i64,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
