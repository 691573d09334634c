//! A stretch of the school calendar: a school year and what it divides into.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{AcademicSessionId, DistrictId};
use crate::status::RecordStatus;

/// A school year, semester, term or grading period.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "academic_session")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AcademicSessionId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// Name as people know it, as `Fall 2026`.
    pub title: String,
    /// Which stretch of the calendar it is.
    pub kind: AcademicSessionKind,
    /// First day.
    pub start_date: Date,
    /// Day after the last day.
    pub end_date: Date,
    /// The year in which the school year ends: 2027 for 2026–27.
    pub school_year: i32,
    /// The session that contains this one.
    pub parent_id: Option<AcademicSessionId>,
    /// Whether the record is still in use.
    pub status: RecordStatus,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// Which stretch of the calendar a session is.
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
pub enum AcademicSessionKind {
    /// The span of one report card.
    #[default]
    GradingPeriod,
    /// Half a school year.
    Semester,
    /// The whole year.
    SchoolYear,
    /// Any other part of a year.
    Term,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
