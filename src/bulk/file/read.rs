//! Reading a file, or some of it.

use std::ops::Range;

use bytes::Bytes;
use entity::{
    bulk_chunk::{Column, Entity},
    id::JobId,
};
use futures_util::{Stream, stream::try_unfold};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityName, ExprTrait, FromQueryResult, Order,
    sea_query::{Alias, Expr, Func, Query, SelectStatement},
};

use super::Part;
use crate::{
    app::App,
    error::{Error, Result},
};

#[derive(FromQueryResult)]
struct Piece {
    starts_at: i64,
    bytes: Vec<u8>,
}

/// How many bytes the file has; none when there is no file.
pub async fn length(connection: &impl ConnectionTrait, job: JobId, part: Part) -> Result<u64> {
    let size = Func::cust("OCTET_LENGTH").arg(Expr::col(Column::Bytes));
    let end = Expr::col(Column::StartsAt).add(size);
    let mut select = of(job, part);
    select.expr_as(end, Alias::new("ends_at")).order_by(Column::StartsAt, Order::Desc).limit(1);
    let row = connection.query_one(&select).await?;
    let length: i64 = row.map_or(Ok(0), |row| row.try_get("", "ends_at"))?;
    u64::try_from(length).map_err(Error::internal)
}

/// These bytes of the file, as long as there are any; a piece at a time.
///
/// Should the file be forgotten meanwhile, the stream fails rather than ends.
pub fn read(
    app: &App,
    job: JobId,
    part: Part,
    range: Range<u64>,
) -> impl Stream<Item = Result<Bytes>> + Send + 'static {
    let app = app.clone();
    try_unfold(range, move |range| {
        let app = app.clone();
        async move {
            if range.is_empty() {
                return Ok(None);
            }
            let bytes = piece(&app, job, part, &range).await?;
            let rest = range.start + bytes.len() as u64..range.end;
            Ok(Some((bytes, rest)))
        }
    })
}

/// The first bytes of the range: those that one piece has.
async fn piece(app: &App, job: JobId, part: Part, range: &Range<u64>) -> Result<Bytes> {
    let from = i64::try_from(range.start).map_err(Error::internal)?;
    let mut select = of(job, part);
    select
        .columns([Column::StartsAt, Column::Bytes])
        .and_where(Column::StartsAt.lte(from))
        .order_by(Column::StartsAt, Order::Desc)
        .limit(1);
    // A replica may lag behind who wrote the file.
    let found = app.db.read_after(true).rows::<Piece>(&select).await?.pop();
    let found = found.and_then(|piece| {
        let skipped = usize::try_from(from - piece.starts_at).ok()?;
        let wanted = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
        let bytes = Bytes::from(piece.bytes);
        let end = skipped.saturating_add(wanted).min(bytes.len());
        (skipped < end).then(|| bytes.slice(skipped..end))
    });
    found.ok_or_else(|| Error::internal("a bulk file ends before its end"))
}

fn of(job: JobId, part: Part) -> SelectStatement {
    let mut select = Query::select();
    select
        .from(Entity.table_ref())
        .and_where(Column::JobId.eq(job))
        .and_where(Column::Part.eq(part));
    select
}
