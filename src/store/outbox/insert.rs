//! Adding changes to the queue, however many with one statement and one bound text.

use std::collections::HashMap;

use entity::row::Columns;
use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseTransaction, DbBackend, Statement, Value};
use serde_json::{Value as Json, json};

use super::{Change, Outbox};
use crate::{
    error::Result,
    store::{Backend, once::Keeping},
};

/// What all changes of the transaction share comes by itself, the changes come as JSON. What belongs
/// to a partner of a sandbox is of no bank: it belongs to the sandbox's district as well.
const POSTGRES: &str = "INSERT INTO outbox (occurred_at, client_id, request_id, transaction_id, \
     kind, entity_id, op, version, changed_fields, external_ids, index_in_transaction, is_last, \
     district_id, partner_id, audience_id) \
     SELECT $1, $2, $3, $4, e ->> 0, (e ->> 1)::uuid, e ->> 2, (e ->> 3)::bigint, \
     e ->> 4, e ->> 5, (e ->> 6)::integer, (e ->> 7)::boolean, \
     COALESCE((e ->> 8)::uuid, \
       (SELECT p.sandbox_id FROM partner AS p WHERE p.id = (e ->> 9)::uuid)), (e ->> 9)::uuid, (e ->> 10)::uuid \
     FROM jsonb_array_elements(CAST($5 AS jsonb)) WITH ORDINALITY AS told (e, place) \
     ORDER BY place";
/// A mutation under a key keeps its result and tells its changes with one statement: each that it
/// sends costs the way to the database and back.
const KEEPING: &str = "WITH kept AS (UPDATE idempotency_key SET result = $6 \
     WHERE client_id = $7 AND operation = $8 AND key = $9) ";
const SQLITE: &str = "INSERT INTO outbox (occurred_at, client_id, request_id, transaction_id, \
     kind, entity_id, op, version, changed_fields, external_ids, index_in_transaction, is_last, \
     district_id, partner_id, audience_id) \
     SELECT ?, ?, ?, ?, value ->> 0, unhex(value ->> 1), value ->> 2, value ->> 3, \
     value ->> 4, value ->> 5, value ->> 6, value ->> 7, \
     COALESCE(unhex(value ->> 8), \
       (SELECT p.sandbox_id FROM partner AS p WHERE p.id = unhex(value ->> 9))), \
     unhex(value ->> 9), unhex(value ->> 10) \
     FROM json_each(?) ORDER BY key";

/// Adds a batch behind those that went before; `ends` when nothing will follow.
pub(super) async fn insert(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    batch: &(i32, Vec<Change>),
    ends: bool,
) -> Result<()> {
    let (backend, sql) = match outbox.backend {
        Backend::Postgres => (DbBackend::Postgres, POSTGRES),
        Backend::Sqlite => (DbBackend::Sqlite, SQLITE),
    };
    let values = values(outbox, batch, ends);
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(())
}

/// Adds the last batch and keeps the result of the mutation.
pub(super) async fn close(
    outbox: &Outbox,
    tx: &DatabaseTransaction,
    batch: &(i32, Vec<Change>),
    keeping: Keeping,
) -> Result<()> {
    if outbox.backend == Backend::Sqlite {
        keeping.write(tx).await?;
        return insert(outbox, tx, batch, true).await;
    }
    let sql = [KEEPING, POSTGRES].concat();
    let values = values(outbox, batch, true).into_iter().chain(keeping.values());
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, values);
    tx.execute_raw(statement).await?;
    Ok(())
}

/// What the statements are given.
fn values(outbox: &Outbox, (sent, changes): &(i32, Vec<Change>), ends: bool) -> [Value; 5] {
    let mut names = HashMap::new();
    let mut told = Vec::with_capacity(changes.len());
    for (place, change) in (0..).zip(changes) {
        let is_last = ends && place + 1 == changes.len();
        let place = sent + i32::try_from(place).unwrap_or(i32::MAX);
        told.push(as_json(change, &fields(change, &mut names), place, is_last));
    }
    let origin = &outbox.origin;
    let request = origin.request.as_deref().map(ToOwned::to_owned);
    [
        origin.now.into(),
        origin.client.0.into(),
        request.into(),
        outbox.transaction.into(),
        Json::from(told).to_string().into(),
    ]
}

/// The changed fields as JSON; rows of one batch mostly change the same.
fn fields(change: &Change, names: &mut HashMap<(&'static str, Columns), String>) -> String {
    if change.beyond.is_empty() {
        let names = names.entry((change.kind, change.columns));
        return names.or_insert_with(|| json!((change.names)(change.columns)).to_string()).clone();
    }
    let mut all = (change.names)(change.columns);
    for name in &change.beyond {
        if !all.iter().any(|known| known == name) {
            all.push((*name).to_owned());
        }
    }
    json!(all).to_string()
}

/// The change in the order of the statements' columns.
fn as_json(change: &Change, fields: &str, place: i32, is_last: bool) -> Json {
    let key = |key: uuid::Uuid| key.simple().to_string();
    let keys: Vec<Json> = change
        .keys
        .iter()
        .map(|(tenant, system, value)| json!([key(*tenant), system, value]))
        .collect();
    json!([
        change.kind,
        key(change.entity),
        change.op.to_value(),
        change.version,
        fields,
        Json::from(keys).to_string(),
        place,
        is_last,
        change.owners.district.map(key),
        change.owners.partner.map(key),
        change.audience.map(key),
    ])
}
