//! What endpoints were told, or are still to be told.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait, Uuid,
};
use serde::{Deserialize, Serialize};

use crate::id::{WebhookDeliveryId, WebhookEndpointId};

/// One message to one endpoint, however often it is tried.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookDeliveryId,
    /// The endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// The district or partner that the endpoint belongs to; nil for the platform.
    pub tenant_id: Uuid,
    /// Its place among the deliveries of the endpoint.
    pub seq: i64,
    /// The kind of row that it tells of: the prefix of its global id.
    pub kind: String,
    /// What it tells, as `student.updated`.
    pub event: String,
    /// The global id of the row that it tells of.
    pub entity_id: String,
    /// What is posted.
    pub body: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// How often it was tried, since it was made or sent anew.
    pub attempts: i32,
    /// When it is tried next.
    pub next_attempt_at: DateTimeUtc,
    /// Until when the process that tries it keeps it for itself.
    pub claimed_until: Option<DateTimeUtc>,
    /// The HTTP status of the last answer.
    pub last_status: Option<i32>,
    /// Why the last attempt failed.
    pub last_error: Option<DeliveryError>,
    /// How long the last attempt took, in milliseconds.
    pub last_latency_ms: Option<i32>,
    /// The beginning of the last answer.
    pub last_answer: Option<String>,
    /// When it was delivered or given up.
    pub finished_at: Option<DateTimeUtc>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each attempt.
    pub version: i64,
}

/// How far a delivery has come.
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
pub enum DeliveryState {
    /// To be tried, for the first time or again.
    #[default]
    Pending,
    /// The receiver has it.
    Delivered,
    /// Given up.
    Dead,
}

/// Why an attempt failed.
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
pub enum DeliveryError {
    /// The address is one that we do not post to.
    RefusedAddress,
    /// The name has no address, or nobody answers there.
    #[default]
    Unreachable,
    /// There was no answer in time.
    Timeout,
    /// The connection broke before there was an answer.
    Broken,
    /// The answer sent us elsewhere, where we do not go.
    Redirect,
    /// The answer was no success.
    Status,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
