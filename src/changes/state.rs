//! Where the log begins and ends, and how much room it has.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

use crate::{
    app::App,
    error::{Error, Result},
    store::{Backend, Reader},
};

/// The log as its writer sees it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct State {
    pub head: i64,
    pub forgotten: i64,
    pub room: i64,
}

/// Where the log stands; whoever asks is the writer.
pub(super) async fn of(tx: &DatabaseTransaction) -> Result<State> {
    let sql = "SELECT head, forgotten, room FROM feed_state";
    let asked = Statement::from_string(tx.get_database_backend(), sql);
    let row = tx.query_one_raw(asked).await?;
    let row = row.ok_or_else(|| Error::internal("the log of changes has no state"))?;
    Ok(State::from_query_result(&row, "")?)
}

/// The log around a place in it, as its readers see it.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Around {
    pub epoch: Uuid,
    pub head: i64,
    pub forgotten: i64,
    /// The transaction of the change that the place is behind, where the change is kept.
    pub at: Option<Uuid>,
    /// The last change of the stretch that is read at once.
    pub upper: i64,
    /// Its transaction.
    pub upper_at: Option<Uuid>,
    /// Since when the oldest change waits for its number.
    pub waiting_since: Option<DateTime<Utc>>,
}

const AROUND: &str = "SELECT place.epoch, place.head, place.forgotten, place.upper, \
     below.transaction_id AS at, above.transaction_id AS upper_at, \
     (SELECT occurred_at FROM outbox ORDER BY seq LIMIT 1) AS waiting_since \
     FROM (SELECT epoch, head, forgotten, COALESCE($1, forgotten) AS lower, \
       CASE WHEN head < COALESCE($1, forgotten) + $2 THEN head \
       ELSE COALESCE($1, forgotten) + $2 END AS upper FROM feed_state) AS place \
     LEFT JOIN change_log AS below ON below.change_no = place.lower \
     LEFT JOIN change_log AS above ON above.change_no = place.upper";

/// The log from a place on, or from its beginning, at most so many changes far.
pub(super) async fn around(reader: Reader<'_>, after: Option<i64>, far: i64) -> Result<Around> {
    let backend = match reader.backend {
        Backend::Postgres => DbBackend::Postgres,
        Backend::Sqlite => DbBackend::Sqlite,
    };
    let sql = match reader.backend {
        Backend::Postgres => AROUND.replace("$1", "CAST($1 AS bigint)"),
        Backend::Sqlite => AROUND.replace('$', "?"),
    };
    let values: [Value; 2] = [after.into(), far.into()];
    let asked = Statement::from_sql_and_values(backend, sql, values);
    let found = reader.ask::<Around>(asked).await?.pop();
    found.ok_or_else(|| Error::internal("the log of changes has no state"))
}

/// Since when the oldest change waits for its number; nothing when none does.
pub(super) async fn waiting_since(app: &App) -> Result<Option<DateTime<Utc>>> {
    let latest = app.db.latest();
    let sql = "SELECT occurred_at FROM outbox ORDER BY seq LIMIT 1";
    let asked = Statement::from_string(latest.get_database_backend(), sql);
    let row = latest.query_one_raw(asked).await?;
    Ok(row.map(|row| row.try_get("", "occurred_at")).transpose()?)
}

/// How many changes wait for their numbers.
pub(super) async fn waiting(tx: &DatabaseTransaction) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS waiting FROM outbox";
    let asked = Statement::from_string(tx.get_database_backend(), sql);
    let row = tx.query_one_raw(asked).await?;
    Ok(row.map_or(Ok(0), |row| row.try_get("", "waiting"))?)
}

/// Makes parts of the log on PostgreSQL until it has room for so many more changes and a whole
/// part besides.
pub(super) async fn make_room(tx: &DatabaseTransaction, state: &State, more: i64) -> Result<()> {
    let mut room = state.room;
    while room < state.head + more + migration::PART {
        let (from, to) = (room + 1, room + 1 + migration::PART);
        let part = from / migration::PART;
        tx.execute_unprepared(&format!(
            "CREATE TABLE IF NOT EXISTS change_log_{part} PARTITION OF change_log \
             FOR VALUES FROM ({from}) TO ({to})"
        ))
        .await?;
        room = to - 1;
    }
    if room > state.room {
        tx.execute_unprepared(&format!("UPDATE feed_state SET room = {room}")).await?;
    }
    Ok(())
}
