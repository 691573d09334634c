//! Mutations that are done once, however often they arrive.
//!
//! The key is taken by the first statement of the transaction and kept with its result by the
//! last, so it is there exactly when the writing is. A second request under the same key waits for
//! the first one's end: either it finds what was done and answers with that, or the first wrote
//! nothing and the second takes its place. A refused input leaves no key: it can be put right and
//! sent again under the same one.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::ApiClientId,
    idempotency_key::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, Statement, Value,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Backend, Outcome, RowOutcome, Visible, any_of, race::has_code, visible};
use crate::{
    app::App,
    auth::{Caller, Once},
    error::{Code, Error, Problem, Result},
};

/// How long a key is kept: a client that failed on a Friday tries again after the weekend.
pub const KEPT: TimeDelta = TimeDelta::days(7);

/// What PostgreSQL calls a lock that was not given in time.
const NOT_IN_TIME: &str = "55P03";

/// Takes the key unless it is taken; waits a while for another transaction that has just taken it.
const TAKE: &str = "\
INSERT INTO idempotency_key (client_id, operation, key, fingerprint, result, created_at, expires_at)
SELECT $1, $2, $3, $4, '', $5, $6 WHERE set_config('lock_timeout', '5s', true) IS NOT NULL
ON CONFLICT (client_id, operation, key) DO NOTHING
RETURNING set_config('lock_timeout', '0', true)";

/// There is one writer, and nobody to wait for.
const TAKE_ALONE: &str = "\
INSERT INTO idempotency_key (client_id, operation, key, fingerprint, result, created_at, expires_at)
VALUES (?, ?, ?, ?, '', ?, ?)
ON CONFLICT (client_id, operation, key) DO NOTHING
RETURNING key";

/// What a mutation did, as far as it takes to answer it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// It wrote the row with this global id.
    Row(String),
    /// It wrote some rows of a batch.
    Rows(Vec<KeptRow>),
}

/// What became of one row of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptRow {
    /// What became of it.
    pub outcome: Outcome,
    /// The row, unless it was refused.
    pub id: Option<Uuid>,
    /// Why it was refused.
    pub problems: Vec<Problem>,
}

/// What is kept of a batch.
pub(super) fn kept_rows<E: Visible>(rows: &[RowOutcome<E::Model>]) -> Kept {
    let kept = |row: &RowOutcome<E::Model>| KeptRow {
        outcome: row.outcome,
        id: row.row.as_ref().map(E::id),
        problems: row.problems.clone(),
    };
    Kept::Rows(rows.iter().map(kept).collect())
}

/// The outcomes of a batch that was written before, with its rows as they are now.
pub(super) async fn again<E: Visible<Model: Clone>>(
    app: &App,
    caller: &Caller,
    kept: Vec<KeptRow>,
) -> Result<Vec<RowOutcome<E::Model>>> {
    let ids: Vec<Uuid> = kept.iter().filter_map(|row| row.id).collect();
    let among = any_of(app.db.backend(), E::id_column(), &ids);
    let rows = visible::<E>(caller).filter(among).all(app.db.latest()).await?;
    let rows: HashMap<Uuid, E::Model> = rows.into_iter().map(|row| (E::id(&row), row)).collect();
    let outcome = |kept: KeptRow| RowOutcome {
        outcome: kept.outcome,
        row: kept.id.and_then(|id| rows.get(&id).cloned()),
        problems: kept.problems,
    };
    Ok(kept.into_iter().map(outcome).collect())
}

/// Forgets the keys whose time is over.
pub async fn forget_keys(app: &App) -> Result<()> {
    let now = app.clock.now();
    Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(app.db.writer()).await?;
    Ok(())
}

/// Takes the caller's key; what was done under it comes back as [`Error::Replayed`].
pub(super) async fn take(
    tx: &DatabaseTransaction,
    caller: &Caller,
    now: DateTime<Utc>,
) -> Result<()> {
    let Some(once) = &caller.once else { return Ok(()) };
    if has_taken(tx, caller, once, now).await? {
        return Ok(());
    }
    let found = row(tx, caller, once).await?;
    if let Some(row) = found.filter(|row| row.expires_at > now) {
        return Err(replay(once, &row)?);
    }
    // Its time is over, so it is as good as gone.
    of(caller, once).exec(tx).await?;
    if has_taken(tx, caller, once, now).await? { Ok(()) } else { Err(Error::LostRace) }
}

/// A key that was taken, and the result that goes with it.
pub(super) struct Keeping {
    client: ApiClientId,
    once: Arc<Once>,
    result: String,
}

/// What is to be kept under the caller's key, when it has one.
pub(super) fn keeping(caller: &Caller, kept: &Kept) -> Result<Option<Keeping>> {
    let Some(once) = &caller.once else { return Ok(None) };
    let result = serde_json::to_string(kept).map_err(Error::internal)?;
    Ok(Some(Keeping { client: caller.client, once: once.clone(), result }))
}

impl Keeping {
    /// Keeps it.
    pub(super) async fn write(self, tx: &DatabaseTransaction) -> Result<()> {
        let row = ActiveModel {
            client_id: Unchanged(self.client),
            operation: Unchanged(self.once.operation.clone()),
            key: Unchanged(self.once.key.clone()),
            result: Set(self.result),
            ..Default::default()
        };
        Entity::update(row).exec_without_returning(tx).await?;
        Ok(())
    }

    /// The values of a statement that keeps it: the result, then the columns of the key.
    pub(super) fn values(self) -> [Value; 4] {
        let Self { client, once, result } = self;
        [result.into(), client.0.into(), once.operation.as_str().into(), once.key.as_str().into()]
    }
}

async fn has_taken(
    tx: &DatabaseTransaction,
    caller: &Caller,
    once: &Once,
    now: DateTime<Utc>,
) -> Result<bool> {
    let backend = Backend::from(tx.get_database_backend());
    let sql = if backend == Backend::Postgres { TAKE } else { TAKE_ALONE };
    let values = [
        Uuid::from(caller.client).into(),
        once.operation.as_str().into(),
        once.key.as_str().into(),
        once.fingerprint.as_str().into(),
        now.into(),
        (now + KEPT).into(),
    ];
    let statement = Statement::from_sql_and_values(tx.get_database_backend(), sql, values);
    match tx.query_one_raw(statement).await {
        Ok(taken) => Ok(taken.is_some()),
        Err(error) if has_code(&error, &[NOT_IN_TIME]) => {
            let message = "a request with this key is still running; send it again in a moment";
            Err(Error::argument(Code::IdempotencyInProgress, message))
        }
        Err(error) => Err(error.into()),
    }
}

async fn row(tx: &DatabaseTransaction, caller: &Caller, once: &Once) -> Result<Option<Model>> {
    #[expect(clippy::disallowed_methods, reason = "the caller's own key, which it has named")]
    let find = Entity::find_by_id((caller.client, once.operation.clone(), once.key.clone()));
    Ok(find.one(tx).await?)
}

fn of(caller: &Caller, once: &Once) -> sea_orm::DeleteMany<Entity> {
    Entity::delete_many()
        .filter(Column::ClientId.eq(caller.client))
        .filter(Column::Operation.eq(&once.operation))
        .filter(Column::Key.eq(&once.key))
}

fn replay(once: &Once, row: &Model) -> Result<Error> {
    if row.fingerprint != once.fingerprint {
        let message = "this key was used with other arguments; a new mutation takes a new key";
        return Err(Error::argument(Code::IdempotencyKeyReused, message));
    }
    once.was_done(row.created_at);
    Ok(Error::Replayed(serde_json::from_str(&row.result).map_err(Error::internal)?))
}
