//! The tie between a partner and a district, as a condition on rows.

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{AgreementState, Column, Entity},
    id::{DistrictId, PartnerId},
    placement,
};
use sea_orm::{
    ActiveEnum, ColumnTrait, Condition,
    sea_query::{Query, SelectStatement},
};

/// The districts whose agreement with the partner is in force on this day.
#[must_use]
pub fn districts_of(partner: PartnerId, today: NaiveDate) -> SelectStatement {
    in_force(today).column(Column::DistrictId).and_where(Column::PartnerId.eq(partner)).to_owned()
}

/// The partners whose agreement with the district is in force on this day.
#[must_use]
pub fn partners_of(district: DistrictId, today: NaiveDate) -> SelectStatement {
    in_force(today).column(Column::PartnerId).and_where(Column::DistrictId.eq(district)).to_owned()
}

/// What a partner sees of the placements: its own, where the agreement is in force.
#[must_use]
pub fn placements_of(partner: PartnerId, today: NaiveDate) -> Condition {
    Condition::all()
        .add(placement::Column::PartnerId.eq(partner))
        .add(placement::Column::DistrictId.in_subquery(districts_of(partner, today)))
}

/// One column of the placements that a partner sees.
#[must_use]
pub fn of_placements(
    partner: PartnerId,
    today: NaiveDate,
    column: placement::Column,
) -> SelectStatement {
    Query::select()
        .column(column)
        .from(placement::Entity)
        .cond_where(placements_of(partner, today))
        .and_where(column.is_not_null())
        .to_owned()
}

fn in_force(today: NaiveDate) -> SelectStatement {
    Query::select()
        .from(Entity)
        .and_where(Column::State.eq(AgreementState::Active.to_value()))
        .and_where(Column::StartsOn.lte(today))
        .and_where(Column::EndsOn.gte(today))
        .to_owned()
}
