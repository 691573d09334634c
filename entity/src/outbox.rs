//! Changes that were committed and have no number yet.
//!
//! A writer adds its changes in its own transaction; the sequencer moves them into the log.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};

use crate::{
    change_log::ChangeOp,
    id::{ApiClientId, DistrictId, PartnerId},
};

/// One change that waits.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Its place in the queue; there are gaps.
    #[sea_orm(primary_key)]
    pub seq: i64,
    /// What the changed row is: the prefix of its global id.
    pub kind: String,
    /// The changed row.
    pub entity_id: Uuid,
    /// What happened to it.
    pub op: ChangeOp,
    /// The version of the row after the change.
    pub version: i64,
    /// The fields that changed, as the schema names them: a list in JSON.
    pub changed_fields: String,
    /// The keys that a deleted row had in other systems: lists of tenant, system and value in JSON.
    pub external_ids: String,
    /// When it happened.
    pub occurred_at: DateTimeUtc,
    /// The client that made the change; nil when the house itself did.
    pub client_id: ApiClientId,
    /// The request that made it.
    pub request_id: Option<String>,
    /// What else was written with it, or not at all.
    pub transaction_id: Uuid,
    /// Its place among the changes of the transaction, from 0.
    pub index_in_transaction: i32,
    /// Whether it is the last change of the transaction.
    pub is_last: bool,
    /// The district that the row belongs to.
    pub district_id: Option<DistrictId>,
    /// The partner that the row belongs to.
    pub partner_id: Option<PartnerId>,
    /// The only tenant that the change is told to; the nil key stands for every district.
    pub audience_id: Option<Uuid>,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
