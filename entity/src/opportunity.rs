//! What a partner offers to students: a visit, an internship, a practicum.

use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{OpportunityId, PartnerId, PartnerSiteId};
use crate::wbl::WorkBasedLearningKind;

/// An offer with a number of seats.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "opportunity")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OpportunityId,
    /// Who offers it.
    pub partner_id: PartnerId,
    /// Where it takes place.
    pub site_id: Option<PartnerSiteId>,
    /// What it is called.
    pub title: String,
    /// What it is about, for students.
    pub description: Option<String>,
    /// Which form of work-based learning it is.
    pub kind: WorkBasedLearningKind,
    /// O*NET-SOC code, as `29-1141.00`.
    pub occupation_code: Option<String>,
    /// Whether students are paid.
    pub is_paid: bool,
    /// Wage of an hour, in minor units of its currency.
    pub hourly_wage_minor: Option<i64>,
    /// ISO 4217 code of the wage.
    pub wage_currency: Option<String>,
    /// Youngest age, in years.
    pub minimum_age: Option<i32>,
    /// Time expected in a week, in minutes.
    pub weekly_minutes: Option<i32>,
    /// First day.
    pub starts_on: Option<Date>,
    /// Last day.
    pub ends_on: Option<Date>,
    /// How many students can come.
    pub seats: i32,
    /// How many seats placements hold; never more than there are.
    pub seats_taken: i32,
    /// Whether students can be matched to it.
    pub state: OpportunityState,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// Whether students can be matched to an opportunity.
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
pub enum OpportunityState {
    /// Not yet shown.
    #[default]
    Draft,
    /// Takes students.
    Open,
    /// Takes no more.
    Closed,
}

impl OpportunityState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Open, Self::Closed],
            Self::Open => &[Self::Closed],
            Self::Closed => &[Self::Open],
        }
    }

    /// Whether that state may follow this one.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        self.may_become().contains(&to)
    }
}

impl Model {
    /// How many more students can come.
    #[must_use]
    pub fn seats_left(&self) -> i32 {
        self.seats - self.seats_taken
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable;

    use super::OpportunityState;

    #[test]
    fn states_follow_their_road_and_no_other() {
        let mut steps = Vec::new();
        for from in OpportunityState::iter() {
            steps.extend(
                OpportunityState::iter().filter(|to| from.can_become(*to)).map(|to| (from, to)),
            );
        }
        assert_eq!(
            steps,
            [
                (OpportunityState::Draft, OpportunityState::Open),
                (OpportunityState::Draft, OpportunityState::Closed),
                (OpportunityState::Open, OpportunityState::Closed),
                (OpportunityState::Closed, OpportunityState::Open),
            ]
        );
    }
}
