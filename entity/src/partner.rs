//! A tenant on the side of work: an employer, a clinic, an agency.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, PartnerId};
use crate::status::RecordStatus;

/// A partner.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "partner")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PartnerId,
    /// Name as people know it.
    pub name: String,
    /// What sort of organisation it is.
    pub kind: PartnerKind,
    /// Industry, by its NAICS code.
    pub naics: Option<String>,
    /// Address of its site.
    pub website: Option<String>,
    /// What it does, for students.
    pub description: Option<String>,
    /// Whether the record is still in use.
    pub status: RecordStatus,
    /// The throw-away district in whose world it is; none in the bank that all real ones share.
    pub sandbox_id: Option<DistrictId>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// What sort of organisation a partner is.
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
pub enum PartnerKind {
    /// A business.
    #[default]
    Employer,
    /// A provider of care.
    Clinic,
    /// A public body or charity.
    Agency,
    /// A school that takes trainees.
    School,
    /// Anything else.
    Other,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
