//! The people of a district who guide students.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, SchoolId, StaffId};
use crate::status::PersonStatus;

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The school they belong to; none when they serve the whole district.
    pub school_id: Option<SchoolId>,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Address at work.
    pub email: Option<String>,
    /// What they do.
    pub kind: StaffKind,
    /// Whether the person still takes part.
    pub status: PersonStatus,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// What a member of staff does.
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
pub enum StaffKind {
    /// Guides students in their choices.
    #[default]
    Counselor,
    /// Runs work-based learning.
    Coordinator,
    /// Teaches.
    Teacher,
    /// Leads or administers.
    Administrator,
    /// Anything else.
    Other,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
