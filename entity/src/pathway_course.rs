//! A course of a pathway, at its place.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{CourseId, DistrictId, PathwayCourseId, PathwayId};
use crate::status::RecordStatus;

/// A course stands in a pathway at most once.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "pathway_course")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PathwayCourseId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The pathway.
    pub pathway_id: PathwayId,
    /// The course.
    pub course_id: CourseId,
    /// Its place in the order, from 1.
    pub position: i32,
    /// Whether nobody completes the pathway without it; an elective otherwise.
    pub is_required: bool,
    /// Credits that it gives, in hundredths, where results do not tell.
    pub credits_hundredths: Option<i32>,
    /// Whether it counts; what was entered by mistake is retired.
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
