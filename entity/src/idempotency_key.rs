//! Keys under which clients send mutations: what was done under one is not done again.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::ApiClientId;

/// One mutation that was done under a key; written in the transaction of what it did.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Who sent it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_id: ApiClientId,
    /// The mutation's name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub operation: String,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// The digest of its arguments, in hexadecimal digits.
    pub fingerprint: String,
    /// Which rows it wrote and what became of them, as JSON.
    pub result: String,
    /// When it was done.
    pub created_at: DateTimeUtc,
    /// When the row may go.
    pub expires_at: DateTimeUtc,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
