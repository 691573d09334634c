//! A state of the record and the place in the log that belongs to it, exactly.
//!
//! A change that was committed is in a state before it has its number, so the place behind the
//! last number is not the place of the state: what waits in the queue would be told once more
//! though the state has it. Waiting for an empty queue would take for ever while others write. So
//! whoever pins a state takes the sequencer's turn, lets the state begin, looks which transactions
//! wait *in that state*, and numbers these and no others. Every change of the state then lies in
//! front of the place behind the last of them, and every other one will lie behind it: no change
//! is missed, and none is told that the state has already.
//!
//! The order in which a row's changes are numbered stands: who changed a row after somebody else
//! waited for that one's commit, so a state that has the later change has the earlier one.

use entity::outbox::{Column, Entity};
use sea_orm::{ColumnTrait, EntityName, FromQueryResult, sea_query::Query};
use uuid::Uuid;

use super::{Cursor, sequencer, state};
use crate::{app::App, error::Result, store::Snapshot};

/// A state, and the place behind the last change that it has.
#[derive(Debug)]
pub struct Pinned {
    /// The state.
    pub snapshot: Snapshot,
    /// The place: whoever has the state goes on from here.
    pub cursor: Cursor,
}

#[derive(FromQueryResult)]
struct Waiting {
    transaction_id: Uuid,
}

/// Pins the present state; waits while too many others are read.
pub async fn pin(app: &App) -> Result<Pinned> {
    let snapshot = app.db.snapshot().await?;
    let tx = app.db.begin().await?;
    sequencer::take_turn(app, &tx).await?;
    let mut select = Query::select();
    select
        .column(Column::TransactionId)
        .from(Entity.table_ref())
        .and_where(Column::IsLast.eq(true));
    // The first question: this is the state.
    let waiting = snapshot.reader().rows::<Waiting>(&select).await?;
    let waiting: Vec<_> = waiting.into_iter().map(|waiting| waiting.transaction_id).collect();
    let head = sequencer::number_only(app, tx, &waiting).await?;
    let around = state::around(app.db.read_after(true), Some(head), 0).await?;
    Ok(Pinned { snapshot, cursor: Cursor::behind(around.epoch, head, around.at) })
}
