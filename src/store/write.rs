//! One transaction that writes: every use case that changes something stands inside one.
//!
//! Rows are written through it alone, and each write tells the log of changes in the same
//! transaction: nobody has to remember it.

mod rows;

use std::{
    collections::{HashMap, HashSet},
    str::FromStr,
};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DatabaseTransaction, EntityTrait, ModelTrait,
    QueryFilter, QuerySelect, Value,
};
use uuid::Uuid;

use super::{
    Backend, Logged, RowOutcome, Visible, any_of,
    once::{self, Keeping, Kept},
    outbox::{Origin, Outbox},
    visible,
};
use crate::{
    app::App,
    auth::{Caller, Tenant},
    error::{Detail, Error, Problem, ProblemCode, Result},
    typeid,
};

/// A transaction with everything that a use case needs.
pub struct Write<'a> {
    /// The shared state.
    pub app: &'a App,
    /// Who writes.
    pub caller: &'a Caller,
    /// The transaction.
    pub tx: DatabaseTransaction,
    /// The instant that all rows of the transaction carry.
    pub now: DateTime<Utc>,
    outbox: Outbox,
}

impl<'a> Write<'a> {
    /// Begins. What the caller does once and has done before comes back as
    /// [`Error::Replayed`].
    pub async fn begin(app: &'a App, caller: &'a Caller) -> Result<Self> {
        let tx = app.db.begin().await?;
        let now = app.clock.now();
        once::take(&tx, caller, now).await?;
        let outbox = Outbox::new(app, Origin::of(caller, now));
        Ok(Self { app, caller, tx, now, outbox })
    }

    /// Makes everything permanent, and remembers the row that answers the mutation.
    pub async fn commit_row<M>(self, row: M) -> Result<M>
    where
        M: ModelTrait<Entity: Logged<Model = M>>,
    {
        let id = <M::Entity as Visible>::id(&row);
        let id = typeid::with_prefix(<M::Entity as Logged>::KIND, id);
        self.commit_kept(&Kept::Row(id)).await?;
        Ok(row)
    }

    /// Makes everything permanent, and remembers this as what answers the mutation.
    pub async fn commit_kept(self, kept: &Kept) -> Result<()> {
        let keeping = once::keeping(self.caller, kept)?;
        self.finish(keeping).await
    }

    /// Makes everything permanent, and remembers what became of each row of the batch.
    pub(super) async fn commit_rows<E: Logged>(
        self,
        rows: Vec<RowOutcome<E::Model>>,
    ) -> Result<Vec<RowOutcome<E::Model>>> {
        self.commit_kept(&once::kept_rows::<E>(&rows)).await?;
        Ok(rows)
    }

    /// Makes everything permanent, for a use case that answers no mutation.
    pub async fn commit(self) -> Result<()> {
        if self.caller.once.is_some() {
            return Err(Error::internal("a mutation under a key has to keep what it did"));
        }
        self.finish(None).await
    }

    /// Makes everything permanent, and its changes known; without it nothing was written.
    async fn finish(self, keeping: Option<Keeping>) -> Result<()> {
        self.outbox.tell_moves(&self.tx, self.caller).await?;
        let has_changed = self.outbox.close_keeping(&self.tx, keeping).await?;
        self.tx.commit().await?;
        if has_changed {
            self.app.db.wake().ring();
        }
        Ok(())
    }

    /// Which database it is.
    #[must_use]
    pub fn backend(&self) -> Backend {
        self.app.db.backend()
    }

    /// The row, locked against other writers until the transaction ends.
    pub async fn load<E: Visible>(&self, id: impl Into<Uuid>) -> Result<E::Model> {
        let mut rows = self.load_all::<E>(&[id.into()]).await?;
        rows.pop().ok_or(Error::NotFound(E::NOUN))
    }

    /// Those of the rows that the caller may see, locked in the order of their keys.
    pub async fn load_all<E: Visible>(&self, ids: &[Uuid]) -> Result<Vec<E::Model>> {
        use sea_orm::QueryOrder;
        let among = any_of(self.backend(), E::id_column(), ids);
        let select = visible::<E>(self.caller).filter(among).order_by_asc(E::id_column());
        Ok(select.lock_exclusive().all(&self.tx).await?)
    }

    /// Those of the keys that lead to a row which the caller may see; nothing is locked.
    pub async fn known<E: Visible>(&self, ids: &[Uuid]) -> Result<HashSet<Uuid>> {
        Ok(self.found::<E>(ids).await?.into_keys().collect())
    }

    /// The rows behind those of the keys that the caller may see; nothing is locked.
    pub async fn found<E: Visible>(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, E::Model>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let among = any_of(self.backend(), E::id_column(), ids);
        let rows = visible::<E>(self.caller).filter(among).all(&self.tx).await?;
        Ok(rows.into_iter().map(|row| (E::id(&row), row)).collect())
    }

    /// The key of the tenant that the caller writes for; the platform names one in its input.
    #[must_use]
    pub fn tenant_key(&self) -> Option<Uuid> {
        match self.caller.tenant {
            Tenant::District(id) => Some(id.into()),
            Tenant::Partner(id) => Some(id.into()),
            Tenant::Platform => None,
        }
    }
}

/// Sets the columns that every new row carries.
fn stamp_new<A: ActiveModelTrait>(row: &mut A, now: DateTime<Utc>) {
    set(row, "created_at", now.into());
    stamp(row, 1, now);
}

fn stamp<A: ActiveModelTrait>(row: &mut A, version: i64, now: DateTime<Utc>) {
    set(row, "updated_at", now.into());
    set(row, "version", version.into());
}

fn set<A: ActiveModelTrait>(row: &mut A, column: &str, value: Value) {
    if let Ok(column) = <A::Entity as EntityTrait>::Column::from_str(column) {
        row.set(column, value);
    }
}

/// Refuses a writer who has not seen the row's last change.
pub fn expect_version(
    prefix: &str,
    id: impl Into<Uuid>,
    stored: i64,
    expected: Option<i64>,
) -> Result<()> {
    match expected {
        Some(expected) if expected != stored => {
            let detail = Detail::Conflict {
                current_version: stored,
                current: typeid::with_prefix(prefix, id.into()),
            };
            let message = format!("the row is at version {stored}, not {expected}: read it again");
            Err(Problem::with(ProblemCode::VersionConflict, "expectedVersion", message, detail)
                .into())
        }
        _ => Ok(()),
    }
}

/// Sets a column when there is something to set and it differs.
pub fn assign<V>(column: &mut ActiveValue<V>, value: Option<&V>)
where
    V: Into<Value> + PartialEq + Clone,
{
    if let Some(value) = value {
        match column {
            ActiveValue::Set(old) | ActiveValue::Unchanged(old) if old == value => {}
            _ => *column = ActiveValue::Set(value.clone()),
        }
    }
}

/// Sets a column of a new row that the draft left out; a stored row keeps what it has.
pub fn default_to<V: Into<Value>>(column: &mut ActiveValue<V>, value: V) {
    if matches!(column, ActiveValue::NotSet) {
        *column = ActiveValue::Set(value);
    }
}

/// Runs a statement that is written by hand and tells how many rows it changed.
pub async fn execute(tx: &impl ConnectionTrait, statement: sea_orm::Statement) -> Result<u64> {
    Ok(tx.execute_raw(statement).await?.rows_affected())
}
