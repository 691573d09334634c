//! The log of changes as clients read it.

mod kind;
mod page;

use async_graphql::{Enum, ID, Scalar, ScalarType};
use async_graphql::{InputValueError, InputValueResult, Value};
use aws_lc_rs::hmac;
use entity::{change_log, external_id};

pub use kind::EntityType;
pub use page::ChangeConnection;
pub(super) use page::{kinds, open, origin_argument, types_argument};

use super::feed;
use crate::{
    error::Result,
    graphql::{
        external::ExternalId,
        leaf::Leaf,
        object::{Graph, Loaded, Node, Parents, load_nodes},
    },
    leaf_enums, typeid,
};

/// What happened to an object, or to your view of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "change_log::ChangeOp")]
pub enum ChangeOp {
    /// It is new.
    Created,
    /// It changed. If you did not know it, it came into your view by this.
    Updated,
    /// It is gone for good.
    Deleted,
    /// It was gone and is there again. Nothing tells this today: what comes back into use was never
    /// gone, and is `UPDATED`.
    Restored,
    /// It came into your view without having changed, as when an agreement comes into force.
    Visible,
    /// It left your view: forget it.
    Hidden,
    /// Another system's key of it changed.
    KeyChanged,
    /// You read too slowly for a live stream: pull the changes from this cursor on.
    Gap,
}

leaf_enums!(ChangeOp);

/// A place in the log of changes. Opaque: keep it, and give it back unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeCursor(pub String);

/// A place in the log of changes. Opaque: keep it, and give it back unchanged.
#[Scalar(name = "ChangeCursor")]
impl ScalarType for ChangeCursor {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            _ => Err(InputValueError::custom("a cursor is expected, as a string")),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

impl Leaf for ChangeCursor {
    type Type = Self;

    fn write(self, out: &mut Vec<u8>) {
        self.0.write(out);
    }
}

/// One change, with its cursor as clients keep it.
#[derive(Debug, Clone)]
pub struct Row {
    change: feed::Change,
    cursor: String,
}

impl Row {
    /// The change as clients are told of it.
    #[must_use]
    pub fn new(change: feed::Change, key: &hmac::Key) -> Self {
        Self { cursor: change.cursor.seal(key), change }
    }

    /// The place behind it, as clients keep it.
    #[must_use]
    pub fn cursor(&self) -> &str {
        &self.cursor
    }
}

crate::value_object! {
    /// One change of one object. Changes come in one order for everybody: those of one object in
    /// the order of its versions, those of one transaction one behind the other. A change may come
    /// more than once; its cursor tells it.
    pub Change(Row)
}

crate::value_object! {
    /// Who made a change.
    pub ChangeOrigin(change_log::Model)
}

/// Declares the log.
pub fn declare(graph: &mut Graph) {
    declare_change(graph);
    declare_keys(graph);
    declare_edges(graph);
    let origin = graph.object::<ChangeOrigin>();
    origin.column(
        "clientId",
        |row| (!row.client_id.0.is_nil()).then(|| ID(typeid::encode(row.client_id))),
        "The client that asked for it; null for an operator's command and for what came with time.",
    );
    origin.column(
        "requestId",
        |row| row.request_id.clone(),
        "The `X-Request-Id` of the request in which it asked.",
    );
    page::declare(graph);
}

fn declare_change(graph: &mut Graph) {
    let change = graph.object::<Change>();
    let cursor = |row: &Row| ChangeCursor(row.cursor.clone());
    change.column("cursor", cursor, "The place behind this change: go on from here.");
    let kind = |row: &Row| EntityType::of(&row.change.row.kind);
    change.column("type", kind, "What the object is.");
    let op = |row: &Row| ChangeOp::from(row.change.row.op);
    change.column("op", op, "What happened.");
    change.column(
        "entityId",
        |row| ID(typeid::with_prefix(&row.change.row.kind, row.change.row.entity_id)),
        "The global id of the object.",
    );
    change.column(
        "version",
        |row| row.change.row.version,
        "The object's version after the change; skip what is older than what you have.",
    );
    change.column(
        "changedFields",
        |row| {
            serde_json::from_str::<Vec<String>>(&row.change.row.changed_fields).unwrap_or_default()
        },
        "The fields that were written, by their names in the object's type.",
    );
    let occurred_at = |row: &Row| row.change.row.occurred_at;
    change.column("occurredAt", occurred_at, "When it happened.");
    change.column(
        "transactionId",
        |row| row.change.row.transaction_id.simple().to_string(),
        "The same for all changes that were written together, or not at all.",
    );
    let place = |row: &Row| row.change.row.index_in_transaction;
    change.column("indexInTransaction", place, "The place among them, from 0.");
    change.column(
        "isLastInTransaction",
        |row| row.change.row.is_last,
        "Whether none of them follows. You may not see all of them, so the last may be missing.",
    );
}

fn declare_keys(graph: &mut Graph) {
    let change = graph.object::<Change>();
    change
        .many::<ExternalId, ()>(
            "externalIds",
            |parents, ()| Box::pin(keys(parents)),
            "The keys under which your own systems know the object; for one that is gone, those \
             under which they knew it.",
        )
        .costs(1);
    change
        .many::<ExternalId, ()>(
            "previousExternalIds",
            |parents, ()| Box::pin(async move { previous_keys(parents) }),
            "With `KEY_CHANGED`, the key under which your system knew the object so far; it is empty \
             when there was none, and when it is another's.",
        )
        .costs(1);
}

fn declare_edges(graph: &mut Graph) {
    let change = graph.object::<Change>();
    change.exactly_one::<ChangeOrigin, ()>(
        "origin",
        |parents, ()| {
            let rows = parents.rows.iter().map(|row| Some(row.change.row.clone())).collect();
            Box::pin(async move { Ok(Loaded::each(rows)) })
        },
        "Who made the change; by it you tell your own changes from those of others.",
    );
    change
        .one::<Node, ()>(
            "node",
            |parents, ()| {
                Box::pin(async move {
                    let id = |row: &&Row| {
                        let change = &row.change.row;
                        ID(typeid::with_prefix(&change.kind, change.entity_id))
                    };
                    let ids: Vec<ID> = parents.rows.iter().map(id).collect();
                    Ok(Loaded::each_or(load_nodes(parents.cx, &ids).await))
                })
            },
            "The object as it is now; null when it is gone or hidden from you.",
        )
        .needs(crate::auth::Scope::Any);
}

fn previous_keys(parents: &Parents<'_, Change>) -> Result<Loaded<external_id::Model, Vec<usize>>> {
    let caller = parents.cx.caller()?;
    let previous = |row: &&Row| feed::previous_keys(&row.change.row, caller);
    Ok(Loaded::lists(parents.rows.iter().map(previous).collect()))
}

async fn keys(parents: &Parents<'_, Change>) -> Result<Loaded<external_id::Model, Vec<usize>>> {
    let changes: Vec<_> = parents.rows.iter().map(|row| &row.change.row).collect();
    let keys = feed::keys(parents.cx.reader()?, parents.cx.caller()?, &changes).await?;
    Ok(Loaded::lists(keys))
}
