//! What a transaction has changed, on its way into the log.
//!
//! Changes are gathered while their rows are written and go out a few hundred at a time, each
//! behind the write of its row: whoever changes the same row next stands behind it in the queue.
//! The last one waits for the commit, because it says that it is the last.

mod insert;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, NaiveDate, Utc};
pub use entity::change_log::ChangeOp;
use entity::{id::ApiClientId, row::Columns};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::{
    Backend, Logged, Owners, logged,
    once::Keeping,
    view::{self, Move, Stage},
};
use crate::{app::App, auth::Caller, error::Result};

/// Changes that one statement adds to the queue.
const AT_ONCE: usize = 500;

/// Stands for every district among those who are told of a change.
pub const EVERY_DISTRICT: Uuid = Uuid::nil();

/// Who makes the changes of a transaction, and when.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The client; nil when the house itself does.
    pub client: ApiClientId,
    /// The request in which it asked for them.
    pub request: Option<Arc<str>>,
    /// The instant that all rows of the transaction carry.
    pub now: DateTime<Utc>,
}

impl Origin {
    /// What this caller asked for.
    #[must_use]
    pub fn of(caller: &Caller, now: DateTime<Utc>) -> Self {
        Self { client: caller.client, request: caller.request.clone(), now }
    }

    /// What nobody asked for: it came with time.
    #[must_use]
    pub fn house(now: DateTime<Utc>) -> Self {
        Self { client: ApiClientId(Uuid::nil()), request: None, now }
    }
}

/// A change that comes with no write of its row: the row came into a tenant's view or left it.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// `VISIBLE` or `HIDDEN`.
    pub op: ChangeOp,
    /// Who is told.
    pub audience: Uuid,
}

/// One change.
struct Change {
    kind: &'static str,
    entity: Uuid,
    op: ChangeOp,
    version: i64,
    columns: Columns,
    /// The names of columns of this kind.
    names: fn(Columns) -> Vec<String>,
    /// Fields that are not columns of the row.
    beyond: Vec<&'static str>,
    keys: Vec<(Uuid, String, String)>,
    owners: Owners,
    audience: Option<Uuid>,
}

/// The changes of one transaction.
pub struct Outbox {
    origin: Origin,
    transaction: Uuid,
    backend: Backend,
    gathered: Mutex<Gathered>,
    moves: Mutex<Vec<Move>>,
}

#[derive(Default)]
struct Gathered {
    changes: Vec<Change>,
    /// Where the last change of a row stands among them.
    last_of: HashMap<Uuid, usize>,
    /// How many went out before.
    sent: i32,
}

impl Outbox {
    /// Nothing has changed yet.
    #[must_use]
    pub fn new(app: &App, origin: Origin) -> Self {
        let transaction = app.clock.id::<entity::id::ExternalIdId>().into();
        Self {
            origin,
            transaction,
            backend: app.db.backend(),
            gathered: Mutex::default(),
            moves: Mutex::default(),
        }
    }

    /// The day of the transaction.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.origin.now.date_naive()
    }

    /// Remembers what a row moves that is not written itself.
    pub(super) fn moves<E: Logged>(&self, row: &E::Model, stage: Stage) {
        if let Some(moved) = E::moves(row, stage) {
            self.moves.lock().unwrap_or_else(PoisonError::into_inner).push(moved);
        }
    }

    /// Tells who sees what, now that everything is written.
    pub(super) async fn tell_moves(&self, tx: &DatabaseTransaction, caller: &Caller) -> Result<()> {
        let moves = {
            let mut moves = self.moves.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::take(&mut *moves)
        };
        view::tell(self, tx, caller, &moves).await
    }

    /// Tells that a row was written.
    pub(super) fn wrote<E: Logged>(&self, row: &E::Model, op: ChangeOp, columns: Columns) {
        self.gather(Change { columns, ..change::<E>(row, op) });
    }

    /// Tells that a row was written, and which of its fields changed that are no columns.
    pub(super) fn wrote_beyond<E: Logged>(&self, row: &E::Model, beyond: &[&'static str]) {
        self.gather(Change { beyond: beyond.to_vec(), ..change::<E>(row, ChangeOp::Updated) });
    }

    /// Tells that a row is gone, and by which keys other systems knew it.
    pub(super) fn deleted<E: Logged>(&self, row: &E::Model, keys: Vec<(Uuid, String, String)>) {
        let version = E::version(row) + 1;
        self.gather(Change { version, keys, ..change::<E>(row, ChangeOp::Deleted) });
    }

    /// Tells that a row goes by another key, and by which it went.
    pub(super) fn rekeyed<E: Logged>(&self, row: &E::Model, keys: Vec<(Uuid, String, String)>) {
        let beyond = vec!["externalIds"];
        self.gather(Change { beyond, keys, ..change::<E>(row, ChangeOp::KeyChanged) });
    }

    /// Tells one tenant that a row came into its view, or left it.
    pub fn moved<E: Logged>(&self, row: &E::Model, view: View) {
        let audience = Some(view.audience);
        self.gather(Change { audience, ..change::<E>(row, view.op) });
    }

    /// Adds fields to what was told of a row a moment ago, before anything was sent.
    pub(super) fn also<E: Logged>(&self, row: &E::Model, beyond: &[&'static str]) {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let last = gathered.last_of.get(&E::id(row)).copied();
        if let Some(change) = last.and_then(|at| gathered.changes.get_mut(at)) {
            change.beyond.extend(beyond);
        }
    }

    fn gather(&self, change: Change) {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        let at = gathered.changes.len();
        gathered.last_of.insert(change.entity, at);
        gathered.changes.push(change);
    }

    /// Sends what has gathered, once it is worth a statement.
    pub async fn send(&self, tx: &DatabaseTransaction) -> Result<()> {
        while let Some(batch) = self.take(AT_ONCE + 1, AT_ONCE) {
            insert::insert(self, tx, &batch, false).await?;
        }
        Ok(())
    }

    /// Sends everything; whether there was anything in the transaction.
    pub async fn close(&self, tx: &DatabaseTransaction) -> Result<bool> {
        self.close_keeping(tx, None).await
    }

    /// The same, and keeps what a mutation under a key did.
    pub(super) async fn close_keeping(
        &self,
        tx: &DatabaseTransaction,
        keeping: Option<Keeping>,
    ) -> Result<bool> {
        self.send(tx).await?;
        let batch = self.take(1, AT_ONCE);
        match (&batch, keeping) {
            (Some(batch), Some(keeping)) => insert::close(self, tx, batch, keeping).await?,
            (Some(batch), None) => insert::insert(self, tx, batch, true).await?,
            (None, Some(keeping)) => keeping.write(tx).await?,
            (None, None) => {}
        }
        Ok(batch.is_some())
    }

    /// The next changes to send, and how many went before them.
    fn take(&self, at_least: usize, most: usize) -> Option<(i32, Vec<Change>)> {
        let mut gathered = self.gathered.lock().unwrap_or_else(PoisonError::into_inner);
        if gathered.changes.len() < at_least {
            return None;
        }
        let count = gathered.changes.len().min(most);
        let batch: Vec<_> = gathered.changes.drain(..count).collect();
        gathered.last_of.clear();
        let sent = gathered.sent;
        gathered.sent += i32::try_from(count).unwrap_or(i32::MAX);
        Some((sent, batch))
    }
}

fn change<E: Logged>(row: &E::Model, op: ChangeOp) -> Change {
    Change {
        kind: E::KIND,
        entity: E::id(row),
        op,
        version: E::version(row),
        columns: Columns::NONE,
        names: logged::fields::<E>,
        beyond: Vec::new(),
        keys: Vec::new(),
        owners: E::owners(row),
        audience: None,
    }
}
