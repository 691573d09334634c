//! Seats, taken and freed one at a time.

use std::collections::{BTreeMap, HashMap};

use entity::{
    id::OpportunityId,
    opportunity::{Column, Entity, Model, OpportunityState},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use crate::{
    error::{Blocker, Error, Result},
    partners::rules,
    store::{Visible, Write, any_of, visible},
    typeid,
};

/// What the schema shows of a seat.
const FIELDS: [&str; 2] = ["seatsTaken", "seatsLeft"];

/// Takes a seat of an opportunity that the caller sees, or tells what stands in the way.
///
/// One statement looks and takes, so that of two callers who race for the last seat one finds it
/// taken.
pub async fn take_seat(write: &Write<'_>, id: OpportunityId) -> Result<Result<(), Vec<Blocker>>> {
    let take = moved(id, 1)
        .filter(Entity::visible(write.caller))
        .filter(Column::State.eq(OpportunityState::Open))
        .filter(Expr::col(Column::SeatsTaken).lt(Expr::col(Column::Seats)));
    if !write.update_where(take, &FIELDS).await?.is_empty() {
        return Ok(Ok(()));
    }
    let row = visible::<Entity>(write.caller).filter(Column::Id.eq(id)).one(&write.tx).await?;
    let row = row.ok_or(Error::NotFound(Entity::NOUN))?;
    Ok(Err(rules::seat_blockers(&row)))
}

/// Takes so many seats of each of these, or tells everything that stands in the way of any; the
/// opportunities come with the answer, locked, as they were.
pub async fn take_seats(
    write: &Write<'_>,
    wanted: &BTreeMap<OpportunityId, i32>,
) -> Result<(HashMap<OpportunityId, Model>, Vec<Blocker>)> {
    let ids: Vec<Uuid> = wanted.keys().map(|id| (*id).into()).collect();
    let rows = write.load_all::<Entity>(&ids).await?;
    let rows: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let short = wanted.iter().flat_map(|(id, count)| match rows.get(id) {
        Some(row) => rules::seats_blockers(row, *count, &typeid::encode(*id)),
        None => vec![rules::unseen(&typeid::encode(*id))],
    });
    let blockers: Vec<_> = short.collect();
    if !blockers.is_empty() {
        return Ok((rows, blockers));
    }
    let mut alike: BTreeMap<i32, Vec<Uuid>> = BTreeMap::new();
    for (id, count) in wanted {
        alike.entry(*count).or_default().push((*id).into());
    }
    for (count, ids) in alike {
        let take = Entity::update_many()
            .col_expr(Column::SeatsTaken, Expr::col(Column::SeatsTaken).add(count))
            .filter(any_of(write.backend(), Column::Id, &ids));
        write.update_where(take, &FIELDS).await?;
    }
    Ok((rows, Vec::new()))
}

/// Frees the seat that a placement held; whoever may end the placement may free its seat.
pub async fn free_seat(write: &Write<'_>, id: OpportunityId) -> Result<()> {
    let free = moved(id, -1).filter(Column::SeatsTaken.gt(0));
    if write.update_where(free, &FIELDS).await?.is_empty() {
        return Err(Error::internal("a seat was freed that was not taken"));
    }
    Ok(())
}

/// The change of a seat; it is a change of the row like any other.
fn moved(id: OpportunityId, by: i32) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::SeatsTaken, Expr::col(Column::SeatsTaken).add(by))
        .filter(Column::Id.eq(id))
}
