//! Hours added up.

use entity::{
    id::PlacementId,
    time_entry::{Column, Entity, TimeCategory, TimeEntryState},
};
use sea_orm::{ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::{
    auth::Caller,
    error::Result,
    store::{Reader, any_of, visible},
};

/// What the hours of one category and state of a placement come to.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Total {
    /// The placement.
    pub placement_id: PlacementId,
    /// What the time was spent on.
    pub category: TimeCategory,
    /// Whether it counts.
    pub state: TimeEntryState,
    /// The sum, in minutes.
    pub minutes: i64,
}

/// The totals of many placements, in one statement.
pub async fn of(reader: Reader<'_>, caller: &Caller, placements: &[Uuid]) -> Result<Vec<Total>> {
    let select = visible::<Entity>(caller)
        .filter(any_of(reader.backend, Column::PlacementId, placements))
        .select_only()
        .columns([Column::PlacementId, Column::Category, Column::State])
        .column_as(Column::Minutes.sum(), "minutes")
        .group_by(Column::PlacementId)
        .group_by(Column::Category)
        .group_by(Column::State)
        .order_by_asc(Column::Category)
        .order_by_asc(Column::State);
    reader.sums(select).await
}
