//! Hours added up by category and state, as a field of the placement.

use entity::placement;
use uuid::Uuid;

use super::{Placement, TimeCategory, TimeEntryState};
use crate::{
    auth::Scope,
    error::Result,
    graphql::object::{Graph, Loaded, Parents},
    placements::service::totals::{self, Total},
    value_object,
};

value_object! {
    /// The sum of a placement's hours of one category and one state.
    pub PlacementHours(Total)
}

pub(super) fn declare(graph: &mut Graph) {
    let hours = graph.object::<PlacementHours>();
    hours.column("category", |row| TimeCategory::from(row.category), "What the time was spent on.");
    hours.column(
        "state",
        |row| TimeEntryState::from(row.state),
        "Whether it counts; only what is APPROVED does.",
    );
    hours.column(
        "minutes",
        |row| i32::try_from(row.minutes).unwrap_or(i32::MAX),
        "The sum, in minutes.",
    );
    graph
        .object::<Placement>()
        .many::<PlacementHours, ()>(
            "hours",
            |parents, ()| Box::pin(load(parents)),
            "The hours added up, one sum for each category and state that occurs.",
        )
        .needs(Scope::HoursRead)
        .reads([placement::Column::Id]);
}

async fn load(parents: &Parents<'_, Placement>) -> Result<Loaded<Total, Vec<usize>>> {
    let ids: Vec<Uuid> = parents.rows.iter().map(|row| row.id.into()).collect();
    let totals = totals::of(parents.cx.reader()?, parents.cx.caller()?, &ids).await?;
    Ok(Loaded::grouped(totals, |total| total.placement_id.into(), ids.into_iter()))
}
