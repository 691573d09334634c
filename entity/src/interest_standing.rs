//! Where a student's interest profile stands, for counting many students at once.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, DateTimeUtc, DeriveEntityModel, DerivePrimaryKey, DeriveRelation,
    EntityTrait, EnumIter, PrimaryKeyTrait,
};

use crate::id::{CareerClusterId, DistrictId, ReferenceReleaseId, StudentId};
use crate::riasec::InterestArea;

/// The outcome of a profile, written in the transaction of each signal.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "interest_standing")]
pub struct Model {
    /// Whose profile.
    #[sea_orm(primary_key, auto_increment = false)]
    pub student_id: StudentId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The area that stands first; none while the profile is flat.
    pub primary_area: Option<InterestArea>,
    /// The career cluster that fits best; none while the profile is flat or nothing fits.
    pub primary_cluster_id: Option<CareerClusterId>,
    /// The release of the occupations that the profile was compared with.
    pub onet_release_id: Option<ReferenceReleaseId>,
    /// The release of the clusters that the profile was compared with.
    pub cluster_release_id: Option<ReferenceReleaseId>,
    /// The version of the formula.
    pub formula: i32,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
