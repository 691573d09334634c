//! The secrets that deliveries are signed with.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{WebhookEndpointId, WebhookSecretId};

/// One secret of one endpoint; while it is replaced there are two.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "webhook_secret")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookSecretId,
    /// The endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// The secret, sealed with a key that does not lie in the database.
    pub sealed: Vec<u8>,
    /// From when on it no longer signs.
    pub expires_at: Option<DateTimeUtc>,
    /// When it was drawn.
    pub created_at: DateTimeUtc,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
