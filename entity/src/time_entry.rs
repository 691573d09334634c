//! Hours of a placement, as the student hands them in and the partner approves them.
//!
//! Approved hours are never edited: they are voided, and a new entry says which one it corrects.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait, Time,
};
use serde::{Deserialize, Serialize};

use crate::id::{DistrictId, PartnerContactId, PartnerId, PlacementId, StudentId, TimeEntryId};

/// Hours of one day.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "time_entry")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TimeEntryId,
    /// The placement.
    pub placement_id: PlacementId,
    /// The district of the placement.
    pub district_id: DistrictId,
    /// The partner of the placement.
    pub partner_id: PartnerId,
    /// The student of the placement.
    pub student_id: StudentId,
    /// The day, where the work was done.
    pub worked_on: Date,
    /// Begin, by the clock on the wall.
    pub starts_at: Time,
    /// End, by the clock on the wall.
    pub ends_at: Time,
    /// Rest in between, in minutes.
    pub break_minutes: i32,
    /// Time that counts, without the rest, in minutes.
    pub minutes: i32,
    /// What the time was spent on.
    pub category: TimeCategory,
    /// Whether the hours count.
    pub state: TimeEntryState,
    /// What was done.
    pub note: Option<String>,
    /// Who approved them.
    pub approved_by: Option<PartnerContactId>,
    /// When they were approved.
    pub approved_at: Option<DateTimeUtc>,
    /// Why they went back to the student.
    pub returned_reason: Option<String>,
    /// The voided entry that this one replaces.
    pub corrects_id: Option<TimeEntryId>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// What the time was spent on.
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
pub enum TimeCategory {
    /// Work with clients, patients or customers.
    #[default]
    Direct,
    /// Work for them without them.
    Indirect,
    /// Practice in a simulation.
    Simulation,
    /// Class or seminar.
    Seminar,
    /// Talk with the supervisor.
    Supervision,
    /// Watching others work.
    Observation,
    /// Being shown around and trained.
    Orientation,
    /// Care at a distance.
    Telehealth,
}

/// Whether hours count.
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
pub enum TimeEntryState {
    /// Handed in.
    #[default]
    Submitted,
    /// Count.
    Approved,
    /// Back with the student.
    Returned,
    /// No longer count; a correction may follow.
    Voided,
}

impl TimeEntryState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Submitted => &[Self::Approved, Self::Returned],
            Self::Approved => &[Self::Voided],
            Self::Returned => &[Self::Submitted],
            Self::Voided => &[],
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

    use super::TimeEntryState;

    #[test]
    fn states_follow_their_road_and_no_other() {
        let mut steps = Vec::new();
        for from in TimeEntryState::iter() {
            steps.extend(
                TimeEntryState::iter().filter(|to| from.can_become(*to)).map(|to| (from, to)),
            );
        }
        assert_eq!(
            steps,
            [
                (TimeEntryState::Submitted, TimeEntryState::Approved),
                (TimeEntryState::Submitted, TimeEntryState::Returned),
                (TimeEntryState::Approved, TimeEntryState::Voided),
                (TimeEntryState::Returned, TimeEntryState::Submitted),
            ]
        );
    }
}
