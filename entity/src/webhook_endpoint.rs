//! Addresses that are told of changes.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{ApiClientId, DistrictId, PartnerId, WebhookEndpointId};

/// One address of one tenant.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "webhook_endpoint")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookEndpointId,
    /// The district that it belongs to.
    pub district_id: Option<DistrictId>,
    /// The partner that it belongs to; with neither, it is the platform's.
    pub partner_id: Option<PartnerId>,
    /// The client that set it up last: the endpoint is told what this client may read.
    pub client_id: ApiClientId,
    /// Where deliveries are posted.
    pub url: String,
    /// What its owner calls it.
    pub description: Option<String>,
    /// The kinds of rows whose changes are told: a list in JSON; all when there is none.
    pub types: Option<String>,
    /// Whether changes that the client made itself are left out.
    pub exclude_origin: bool,
    /// Whether it is told anything.
    pub state: EndpointState,
    /// Why it is not.
    pub disabled_reason: Option<DisabledReason>,
    /// Since when every attempt has failed.
    pub failing_since: Option<DateTimeUtc>,
    /// When it got its present secret.
    pub secret_rotated_at: DateTimeUtc,
    /// The place in the log up to which changes were turned into deliveries, sealed.
    pub cursor: String,
    /// The number of the change at this place.
    pub change_no: i64,
    /// The cursor of the last delivery, which the next one names as the one before it.
    pub last_cursor: String,
    /// How many deliveries were made so far.
    pub made: i64,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// Whether an endpoint is told of changes.
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
pub enum EndpointState {
    /// It is.
    #[default]
    Active,
    /// Not now; it goes on later where it stopped.
    Disabled,
}

impl EndpointState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Active => &[Self::Disabled],
            Self::Disabled => &[Self::Active],
        }
    }
}

/// Why an endpoint is disabled.
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
pub enum DisabledReason {
    /// A client asked for it.
    #[default]
    ByClient,
    /// The receiver answered 410.
    Gone,
    /// Every attempt failed for days.
    Failing,
    /// The client that set it up may no longer call.
    ClientRevoked,
    /// The key that opens its secrets is lost.
    SecretLost,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
