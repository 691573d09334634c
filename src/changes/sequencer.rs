//! Giving numbers to committed changes: one writer at a time, whichever process it is in.
//!
//! A number is given only to what is committed, and by nobody else meanwhile, so the order of the
//! numbers is an order in which the transactions came to their ends: it does not depend on who is
//! still writing. Transactions are moved whole, in the order of their last changes: a writer who
//! waited for another's row left its last change behind all of the other's, so each row's changes
//! keep the order of its versions.
//!
//! On PostgreSQL whoever holds an advisory lock is the writer, for one round; should it die,
//! the next takes the lock. On SQLite the only connection that writes is the lock.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value, sea_query::ArrayType,
};
use uuid::Uuid;

use super::state;
use crate::{
    app::App,
    error::{Error, Result},
    store::Backend,
};

/// PostgreSQL's key of the lock under which numbers are given; any that nobody else takes.
const LOCK: i64 = 0x7061_7468_6c6f_6721;
/// Transactions that get their numbers in one round.
const AT_ONCE: i64 = 1000;
/// PostgreSQL's channel on which the other processes hear of new changes.
pub(super) const CHANNEL: &str = "pathbridge_changes";

const COLUMNS: &str = "kind, entity_id, op, version, changed_fields, external_ids, occurred_at, \
     client_id, request_id, transaction_id, index_in_transaction, is_last, district_id, \
     partner_id, audience_id";

/// What a round came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// Another process is at it.
    Taken,
    /// So many changes got their numbers.
    Moved(u64),
}

/// Who gives way when two want to number changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Skip,
    Wait,
}

/// Numbers everything that is committed so far; tells how many changes that were.
pub async fn sequence_now(app: &App) -> Result<u64> {
    let mut all = 0;
    loop {
        match round(app, Turn::Wait).await? {
            Round::Moved(0) | Round::Taken => return Ok(all),
            Round::Moved(some) => all += some,
        }
    }
}

/// Numbers some of what is committed, unless another process is at it.
pub(super) async fn try_round(app: &App) -> Result<Round> {
    round(app, Turn::Skip).await
}

async fn round(app: &App, turn: Turn) -> Result<Round> {
    let tx = app.db.begin().await?;
    if !is_ours(app, &tx, turn).await? {
        return Ok(Round::Taken);
    }
    let state = state::of(&tx).await?;
    app.db.wake().grown_to(state.head);
    let waiting = state::waiting(&tx).await?;
    if waiting == 0 {
        return Ok(Round::Moved(0));
    }
    let moved = match app.db.backend() {
        Backend::Postgres => {
            state::make_room(&tx, &state, waiting).await?;
            move_postgres(app, &tx, state.head, None).await?
        }
        Backend::Sqlite => move_sqlite(app, &tx, state.head).await?,
    };
    grow(app, tx, state.head, moved).await?;
    Ok(Round::Moved(moved))
}

/// Numbers what these transactions changed and nothing else, for whoever has the turn and now ends
/// it; tells the last number that there is then.
///
/// On SQLite nobody else has written since the turn was taken: these are all that wait.
pub(super) async fn number_only(
    app: &App,
    tx: DatabaseTransaction,
    transactions: &[Uuid],
) -> Result<i64> {
    let state = state::of(&tx).await?;
    if transactions.is_empty() {
        return Ok(state.head);
    }
    let moved = match app.db.backend() {
        Backend::Postgres => {
            let waiting = state::waiting(&tx).await?;
            state::make_room(&tx, &state, waiting).await?;
            move_postgres(app, &tx, state.head, Some(transactions)).await?
        }
        Backend::Sqlite => move_sqlite(app, &tx, state.head).await?,
    };
    grow(app, tx, state.head, moved).await
}

/// Makes the numbers known that follow this one.
async fn grow(app: &App, tx: DatabaseTransaction, head: i64, moved: u64) -> Result<i64> {
    let head = head + i64::try_from(moved).map_err(Error::internal)?;
    set_head(app, &tx, head).await?;
    tx.commit().await?;
    app.db.wake().grown_to(head);
    Ok(head)
}

/// Becomes the writer of the log, until the transaction ends; waits for whoever is.
pub(super) async fn take_turn(app: &App, tx: &DatabaseTransaction) -> Result<()> {
    is_ours(app, tx, Turn::Wait).await.map(drop)
}

async fn is_ours(app: &App, tx: &DatabaseTransaction, turn: Turn) -> Result<bool> {
    if app.db.backend() == Backend::Sqlite {
        return Ok(true);
    }
    if turn == Turn::Wait {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
        return Ok(true);
    }
    let take = format!("SELECT pg_try_advisory_xact_lock({LOCK}) AS taken");
    let row = tx.query_one_raw(Statement::from_string(DbBackend::Postgres, take)).await?;
    Ok(row.map_or(Ok(false), |row| row.try_get("", "taken"))?)
}

/// Whole transactions leave the queue and enter the log in one statement: it sees one state.
/// Should more have been committed since the room was made than it has, the statement fails and the
/// next round makes more.
async fn move_postgres(
    app: &App,
    tx: &DatabaseTransaction,
    head: i64,
    only: Option<&[Uuid]>,
) -> Result<u64> {
    let sql = format!(
        "WITH ended AS ( \
           SELECT transaction_id, seq AS ended_at FROM outbox \
           WHERE is_last AND ($4::uuid[] IS NULL OR transaction_id = ANY($4)) \
           ORDER BY seq LIMIT $1 \
         ), moved AS ( \
           DELETE FROM outbox USING ended WHERE outbox.transaction_id = ended.transaction_id \
           RETURNING outbox.*, ended.ended_at \
         ) \
         INSERT INTO change_log (change_no, sequenced_at, {COLUMNS}) \
         SELECT $2 + row_number() OVER (ORDER BY ended_at, seq), $3, {COLUMNS} FROM moved"
    );
    let limit = only.map_or(Ok(AT_ONCE), |only| i64::try_from(only.len()));
    let only = only.map(|only| Box::new(only.iter().map(|one| Value::from(*one)).collect()));
    let only = Value::Array(ArrayType::Uuid, only);
    let limit = limit.map_err(Error::internal)?;
    let values: [Value; 4] = [limit.into(), head.into(), app.clock.now().into(), only];
    let insert = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    Ok(tx.execute_raw(insert).await?.rows_affected())
}

/// Writers take turns, so the queue holds whole transactions, one behind the other.
async fn move_sqlite(app: &App, tx: &DatabaseTransaction, head: i64) -> Result<u64> {
    let sql = format!(
        "INSERT INTO change_log (change_no, sequenced_at, {COLUMNS}) \
         SELECT ? + row_number() OVER (ORDER BY seq), ?, {COLUMNS} FROM outbox"
    );
    let values: [Value; 2] = [head.into(), app.clock.now().into()];
    let insert = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
    let moved = tx.execute_raw(insert).await?.rows_affected();
    if moved > 0 {
        tx.execute_unprepared("DELETE FROM outbox").await?;
    }
    Ok(moved)
}

/// Remembers the last number, and tells the other processes when the transaction ends well.
async fn set_head(app: &App, tx: &DatabaseTransaction, head: i64) -> Result<()> {
    tx.execute_unprepared(&format!("UPDATE feed_state SET head = {head}")).await?;
    if app.db.backend() == Backend::Postgres {
        tx.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{head}'")).await?;
    }
    Ok(())
}
