//! Forgetting changes that are older than the set age.
//!
//! A cursor in front of the oldest change that is kept has expired, on both databases at the same
//! age. SQLite deletes the rows; PostgreSQL drops a part of the log once all of it is forgotten.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};

use super::{sequencer, state};
use crate::{app::App, error::Result, store::Backend};

/// Changes that are looked at in one transaction.
const AT_ONCE: i64 = 10_000;

/// Forgets what is older than the settings say; tells up to which number nothing is kept.
pub async fn forget(app: &App) -> Result<i64> {
    let cutoff = app.clock.now() - app.config.change_retention;
    loop {
        let tx = app.db.begin().await?;
        sequencer::take_turn(app, &tx).await?;
        let before = state::of(&tx).await?.forgotten;
        let Some(last) = aged(&tx, before, cutoff).await? else { return Ok(before) };
        tx.execute_unprepared(&format!("UPDATE feed_state SET forgotten = {last}")).await?;
        match app.db.backend() {
            Backend::Sqlite => {
                let delete = format!("DELETE FROM change_log WHERE change_no <= {last}");
                tx.execute_unprepared(&delete).await?;
            }
            Backend::Postgres => {
                for part in before / migration::PART..(last + 1) / migration::PART {
                    let drop = format!("DROP TABLE IF EXISTS change_log_{part}");
                    tx.execute_unprepared(&drop).await?;
                }
            }
        }
        tx.commit().await?;
    }
}

/// The last of the next changes that is too old.
async fn aged(tx: &DatabaseTransaction, after: i64, cutoff: DateTime<Utc>) -> Result<Option<i64>> {
    let sql = "SELECT MAX(change_no) AS last FROM change_log \
               WHERE change_no > $1 AND change_no <= $2 AND sequenced_at < $3";
    let backend = tx.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { sql.replace('$', "?") } else { sql.to_owned() };
    let values: [Value; 3] = [after.into(), (after + AT_ONCE).into(), cutoff.into()];
    let row = tx.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(row.map_or(Ok(None), |row| row.try_get("", "last"))?)
}
