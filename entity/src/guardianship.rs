//! The tie between a student and an adult who answers for them.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, GuardianId, GuardianshipId, StudentId};

/// One tie; a student and a guardian share at most one.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "guardianship")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GuardianshipId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The student.
    pub student_id: StudentId,
    /// The adult.
    pub guardian_id: GuardianId,
    /// What the adult is to the student.
    pub relationship: Relationship,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// What an adult is to a student.
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
pub enum Relationship {
    /// Mother or father.
    #[default]
    Parent,
    /// Legal guardian.
    Guardian,
    /// Other kin.
    Relative,
    /// Anyone else.
    Other,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
