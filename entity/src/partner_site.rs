//! A place where a partner works and students come to.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{PartnerId, PartnerSiteId};
use crate::status::RecordStatus;

/// A place.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "partner_site")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerSiteId,
    /// The partner.
    pub partner_id: PartnerId,
    /// Name of the place.
    pub name: String,
    /// Street and number.
    pub street: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166 code of two letters.
    pub country: String,
    /// Whether the record is still in use.
    pub status: RecordStatus,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
