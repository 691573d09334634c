//! A career pathway: a programme of a district that leads to a field of work.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{CareerClusterId, DistrictId, PathwayId};
use crate::status::RecordStatus;

/// A programme; its courses and credentials have tables of their own.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "pathway")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PathwayId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// What it is called.
    pub name: String,
    /// Code in the catalogue.
    pub code: Option<String>,
    /// The career cluster that it belongs to.
    pub cluster_id: CareerClusterId,
    /// The programme of study by the CIP, as `51.3801`.
    pub cip_code: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Minutes of work-based learning that it asks for.
    pub wbl_minutes: Option<i32>,
    /// Whether it is still offered.
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
