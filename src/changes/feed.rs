//! Reading the log for one caller.
//!
//! A change is told to whoever may see its row **now**: what has left a caller's view since is not
//! told any more, and its leaving is (`HIDDEN`). What is gone altogether is told to whose it was.
//! A stretch of the log is read at a time, so that a caller to whom little is told walks over the
//! rest quickly: a page may be empty, and its cursor moves on all the same.

mod told;

use std::collections::{HashMap, HashSet};

use entity::change_log::{ChangeOp, Model};
use futures_util::future::try_join_all;
use uuid::Uuid;

pub use told::{keys, previous_keys};

use super::{Cursor, kinds::Kind, state};
use crate::{
    app::App,
    auth::Caller,
    error::{Code, Error, Result},
    store::Reader,
};

/// Changes that are walked over at once, told or not.
const STRETCH: i64 = 50_000;

/// What a caller asks of the log.
#[derive(Debug, Clone)]
pub struct Request {
    /// The place to go on from; the oldest change that is kept when there is none.
    pub after: Option<Cursor>,
    /// At most so many changes.
    pub first: u64,
    /// Of these kinds only.
    pub kinds: Option<Vec<&'static Kind>>,
    /// Whether the caller's own changes are left out.
    pub exclude_origin: bool,
}

/// Some changes, and where to go on.
#[derive(Debug, Clone)]
pub struct Page {
    /// The changes in their order.
    pub changes: Vec<Change>,
    /// The place behind everything that was looked at.
    pub next: Cursor,
    /// The place in front of the oldest change that is kept.
    pub oldest: Cursor,
    /// Whether there is nothing behind `next`.
    pub is_caught_up: bool,
    /// How long the oldest change waits that has no number yet.
    pub lag: chrono::TimeDelta,
}

/// One change as it is told.
#[derive(Debug, Clone)]
pub struct Change {
    /// What the log says.
    pub row: Model,
    /// The place behind it.
    pub cursor: Cursor,
}

/// The place behind the last change.
pub async fn now(reader: Reader<'_>) -> Result<Cursor> {
    let around = state::around(reader, None, i64::MAX / 2).await?;
    Ok(Cursor::behind(around.epoch, around.head, around.upper_at))
}

/// Refuses a place that this log does not know, or knows no more.
pub async fn known(app: &App, reader: Reader<'_>, after: &Cursor) -> Result<()> {
    let around = state::around(reader, Some(after.change_no), 0).await?;
    check(app, after, &around, &Cursor::behind(around.epoch, around.forgotten, None))
}

/// Reads on from a place.
pub async fn read(
    app: &App,
    reader: Reader<'_>,
    caller: &Caller,
    request: &Request,
) -> Result<Page> {
    let asked = request.after.map(|after| after.change_no);
    let around = state::around(reader, asked, STRETCH).await?;
    let oldest = Cursor::behind(around.epoch, around.forgotten, None);
    if let Some(after) = &request.after {
        check(app, after, &around, &oldest)?;
    }
    let after = asked.unwrap_or(around.forgotten);
    let rows = told::candidates(reader, caller, request, after..around.upper).await?;
    let is_full = u64::try_from(rows.len()).is_ok_and(|rows| rows == request.first);
    let next = match rows.last().filter(|_| is_full) {
        Some(last) => Cursor::behind(around.epoch, last.change_no, Some(last.transaction_id)),
        None => Cursor::behind(around.epoch, around.upper, around.upper_at),
    };
    let seen = seen(reader, caller, &rows).await?;
    let rows = rows.into_iter().filter(|row| told::is_told(row, caller, &seen));
    let change = |row: Model| Change {
        cursor: Cursor::behind(around.epoch, row.change_no, Some(row.transaction_id)),
        row,
    };
    let lag = around.waiting_since.map(|since| app.clock.now() - since);
    Ok(Page {
        changes: rows.map(change).collect(),
        is_caught_up: next.change_no == around.head,
        next,
        oldest,
        lag: lag.unwrap_or_default().max(chrono::TimeDelta::zero()),
    })
}

/// Refuses a place that this log does not know, or knows no more.
fn check(app: &App, after: &Cursor, around: &state::Around, oldest: &Cursor) -> Result<()> {
    let is_known = after.epoch == around.epoch && after.change_no <= around.head;
    let is_behind = after.change_no <= around.forgotten || after.is_behind(around.at);
    if !is_known || !is_behind {
        let message = "this cursor is of another database, or of a state from before it was set \
                       back: take `changeCursorNow`, read everything once, and go on from there";
        return Err(Error::argument(Code::CursorEpochMismatch, message));
    }
    if after.change_no < around.forgotten {
        return Err(Error::CursorExpired { oldest: oldest.seal(app.keys.cursor()) });
    }
    Ok(())
}

/// Those of the changed rows that the caller sees now: one statement for each kind.
async fn seen(
    reader: Reader<'_>,
    caller: &Caller,
    rows: &[Model],
) -> Result<HashMap<&'static str, HashSet<Uuid>>> {
    let mut wanted: HashMap<&str, HashSet<Uuid>> = HashMap::new();
    for row in rows.iter().filter(|row| row.op != ChangeOp::Deleted) {
        wanted.entry(&row.kind).or_default().insert(row.entity_id);
    }
    let asked = wanted.into_iter().filter_map(|(kind, ids)| Some((Kind::of(kind)?, ids)));
    let asked = asked.map(|(kind, ids)| async move {
        let seen = kind.seen(reader, caller, ids.into_iter().collect()).await?;
        Ok::<_, Error>((kind.prefix, seen))
    });
    Ok(try_join_all(asked).await?.into_iter().collect())
}
