//! The agreement under which a partner takes students of a district.

use chrono::NaiveDate;
use entity_derive::Narrow;
use sea_orm::entity::prelude::{
    ActiveModelBehavior, Date, DateTimeUtc, DeriveActiveEnum, DeriveEntityModel, DerivePrimaryKey,
    DeriveRelation, EntityTrait, EnumIter, PrimaryKeyTrait,
};
use serde::{Deserialize, Serialize};

use crate::id::{AffiliationAgreementId, DistrictId, PartnerId};

/// An agreement between a partner and a district.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel, Narrow)]
#[sea_orm(table_name = "affiliation_agreement")]
pub struct Model {
    /// Key of the row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AffiliationAgreementId,
    /// The district that owns the row.
    pub district_id: DistrictId,
    /// The partner.
    pub partner_id: PartnerId,
    /// How far it has come.
    pub state: AgreementState,
    /// First day in force.
    pub starts_on: Date,
    /// Last day in force.
    pub ends_on: Date,
    /// After a termination, the last day for students already placed.
    pub wind_down_until: Option<Date>,
    /// How many students at a time.
    pub max_students: Option<i32>,
    /// Liability cover required, in minor units of its currency.
    pub insurance_minor: Option<i64>,
    /// ISO 4217 code of the cover.
    pub insurance_currency: Option<String>,
    /// Programs it covers.
    pub programs: Option<String>,
    /// Anything else agreed.
    pub terms: Option<String>,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// Grows by one with each change; a writer names the version it has seen.
    pub version: i64,
}

/// How far an agreement has come.
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
pub enum AgreementState {
    /// Being written.
    #[default]
    Draft,
    /// With both sides.
    Negotiating,
    /// Signed.
    Active,
    /// Ended by either side.
    Terminated,
}

impl AgreementState {
    /// The states that may follow this one.
    #[must_use]
    pub fn may_become(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Negotiating, Self::Active, Self::Terminated],
            Self::Negotiating => &[Self::Draft, Self::Active, Self::Terminated],
            Self::Active => &[Self::Terminated],
            Self::Terminated => &[],
        }
    }

    /// Whether that state may follow this one.
    #[must_use]
    pub fn can_become(self, to: Self) -> bool {
        self.may_become().contains(&to)
    }
}

impl Model {
    /// Whether students may be placed under the agreement on that day.
    #[must_use]
    pub fn is_in_force(&self, on: NaiveDate) -> bool {
        self.state == AgreementState::Active && self.starts_on <= on && on <= self.ends_on
    }
}

/// None: slices join by hand.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use sea_orm::Iterable;
    use uuid::Uuid;

    use super::{AgreementState, Model};

    #[test]
    fn states_follow_their_road_and_no_other() {
        let mut steps = Vec::new();
        for from in AgreementState::iter() {
            steps.extend(
                AgreementState::iter().filter(|to| from.can_become(*to)).map(|to| (from, to)),
            );
        }
        assert_eq!(
            steps,
            [
                (AgreementState::Draft, AgreementState::Negotiating),
                (AgreementState::Draft, AgreementState::Active),
                (AgreementState::Draft, AgreementState::Terminated),
                (AgreementState::Negotiating, AgreementState::Draft),
                (AgreementState::Negotiating, AgreementState::Active),
                (AgreementState::Negotiating, AgreementState::Terminated),
                (AgreementState::Active, AgreementState::Terminated),
            ]
        );
    }

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, day).unwrap()
    }

    fn agreement(state: AgreementState) -> Model {
        Model {
            id: Uuid::nil().into(),
            district_id: Uuid::nil().into(),
            partner_id: Uuid::nil().into(),
            state,
            starts_on: day(10),
            ends_on: day(20),
            wind_down_until: None,
            max_students: None,
            insurance_minor: None,
            insurance_currency: None,
            programs: None,
            terms: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn in_force_from_the_first_day_through_the_last() {
        let active = agreement(AgreementState::Active);
        let in_force: Vec<u32> = (1..=30).filter(|d| active.is_in_force(day(*d))).collect();
        assert_eq!(in_force, (10..=20).collect::<Vec<u32>>());
    }

    #[test]
    fn only_a_signed_agreement_is_in_force() {
        for state in AgreementState::iter() {
            let expected = state == AgreementState::Active;
            assert_eq!(agreement(state).is_in_force(day(15)), expected, "{state:?}");
        }
    }
}
