//! The log of changes: one row for each change, numbered without a gap.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};
use serde::{Deserialize, Serialize};

use crate::id::{ApiClientId, DistrictId, PartnerId};

/// One change of one row.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "change_log")]
pub struct Model {
    /// Its number: one more than that of the change before.
    #[sea_orm(primary_key, auto_increment = false)]
    pub change_no: i64,
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
    /// The keys that a deleted row had in other systems, or that were replaced: lists of tenant, system and value in JSON.
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
    /// When it got its number.
    pub sequenced_at: DateTimeUtc,
}

/// What happened to a row, or to a tenant's view of it.
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
pub enum ChangeOp {
    /// It is new.
    Created,
    /// It changed.
    #[default]
    Updated,
    /// It is gone.
    Deleted,
    /// It was gone and is there again.
    Restored,
    /// It came into the tenant's view without having changed.
    Visible,
    /// It left the tenant's view.
    Hidden,
    /// Another system knows it by another key.
    KeyChanged,
    /// Changes were left out for a reader that was too slow.
    Gap,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
