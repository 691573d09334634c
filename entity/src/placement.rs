//! A student's time with a partner, from proposal to outcome.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{
    CourseId, DistrictId, OpportunityId, PartnerContactId, PartnerId, PartnerSiteId, PlacementId,
    StaffId, StudentId,
};
use crate::wbl::WorkBasedLearningKind;

/// A placement; the district and the partner both see it.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "placement")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlacementId,
    /// The district that sends the student.
    pub district_id: DistrictId,
    /// The partner that receives them.
    pub partner_id: PartnerId,
    /// The student.
    pub student_id: StudentId,
    /// The opportunity whose seat it holds.
    pub opportunity_id: Option<OpportunityId>,
    /// Where it takes place.
    pub site_id: Option<PartnerSiteId>,
    /// Who guides the student at the partner.
    pub mentor_id: Option<PartnerContactId>,
    /// Who directs the work.
    pub supervisor_id: Option<PartnerContactId>,
    /// Who answers for it at the district.
    pub coordinator_id: Option<StaffId>,
    /// The course that gives credit for it.
    pub course_id: Option<CourseId>,
    /// Which form of work-based learning it is.
    pub kind: WorkBasedLearningKind,
    /// How far it has come.
    pub state: PlacementState,
    /// Why it was cancelled or terminated.
    pub state_reason: Option<String>,
    /// First day, as planned.
    pub starts_on: Date,
    /// Last day, as planned.
    pub ends_on: Date,
    /// First day, as it happened.
    pub started_on: Option<Date>,
    /// Last day, as it happened.
    pub ended_on: Option<Date>,
    /// Time the student should reach, in minutes.
    pub goal_minutes: Option<i32>,
    /// Whether the student is paid.
    pub is_paid: bool,
    /// Wage of an hour, in minor units of its currency.
    pub hourly_wage_minor: Option<i64>,
    /// ISO 4217 code of the wage.
    pub wage_currency: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// How far a placement has come.
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
pub enum PlacementState {
    /// Suggested, nothing agreed.
    #[default]
    Proposed,
    /// Agreed between student, district and partner.
    Matched,
    /// Under way.
    Active,
    /// Reached its end.
    Completed,
    /// Given up before it started.
    Cancelled,
    /// Broken off after it started.
    Terminated,
}

impl PlacementState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Proposed => &[Self::Matched, Self::Cancelled],
            Self::Matched => &[Self::Active, Self::Cancelled],
            Self::Active => &[Self::Completed, Self::Terminated],
            Self::Completed | Self::Cancelled | Self::Terminated => &[],
        }
    }

    /// Whether that state may follow this one.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        self.may_become().contains(&to)
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::PlacementState;

    #[test]
    fn states_follow_their_road_and_no_other() {
        let mut steps = Vec::new();
        for from in PlacementState::iter() {
            steps.extend(
                PlacementState::iter().filter(|to| from.can_become(*to)).map(|to| (from, to)),
            );
        }
        assert_eq!(
            steps,
            [
                (PlacementState::Proposed, PlacementState::Matched),
                (PlacementState::Proposed, PlacementState::Cancelled),
                (PlacementState::Matched, PlacementState::Active),
                (PlacementState::Matched, PlacementState::Cancelled),
                (PlacementState::Active, PlacementState::Completed),
                (PlacementState::Active, PlacementState::Terminated),
            ]
        );
    }
}
