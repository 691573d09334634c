//! One student's telephone number changed by hand: three statements in a transaction.

use anyhow::Context;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio_postgres::{Client, Statement};
use uuid::Uuid;

const KEY: &str = "\
    INSERT INTO idempotency_key \
        (client_id, operation, key, fingerprint, result, created_at, expires_at) \
    SELECT (SELECT id FROM api_client LIMIT 1), 'studentUpdate', $1, $2, '', now(), \
        now() + interval '7 days' \
    ON CONFLICT (client_id, operation, key) DO NOTHING";
const STUDENT: &str = "\
    UPDATE student SET phone = $3, updated_at = now(), version = version + 1 \
    WHERE id = $1 AND district_id = $2 RETURNING version";
const CHANGE: &str = "\
    INSERT INTO outbox (kind, entity_id, op, version, changed_fields, external_ids, occurred_at, \
        client_id, transaction_id, index_in_transaction, is_last, district_id) \
    SELECT 'student', $1, 'UPDATED', $3, '[\"phone\"]', '[]', now(), \
        (SELECT id FROM api_client LIMIT 1), gen_random_uuid(), 0, true, $2";

/// What is to be written.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// Whose number.
    pub(super) student: Uuid,
    /// The number.
    pub(super) phone: &'a str,
    /// The key under which it is done once.
    pub(super) key: &'a str,
}

/// A connection with its statements prepared.
pub(super) struct Writer(Mutex<Prepared>);

struct Prepared {
    client: Client,
    key: Statement,
    student: Statement,
    change: Statement,
}

impl Writer {
    /// Connects and prepares.
    pub(super) async fn connect(url: &str) -> anyhow::Result<Self> {
        let client = super::connect(url).await?;
        Ok(Self(Mutex::new(Prepared {
            key: client.prepare(KEY).await?,
            student: client.prepare(STUDENT).await?,
            change: client.prepare(CHANGE).await?,
            client,
        })))
    }

    /// Writes, and answers as JSON.
    pub(super) async fn write(&self, district: Uuid, change: &Change<'_>) -> anyhow::Result<Value> {
        let mut prepared = self.0.lock().await;
        let Prepared { client, key, student, change: told } = &mut *prepared;
        let tx = client.transaction().await?;
        let taken = tx.execute(key, &[&change.key, &change.phone]).await?;
        anyhow::ensure!(taken == 1, "the key was used before");
        let row = tx.query_opt(student, &[&change.student, &district, &change.phone]).await?;
        let version: i64 = row.context("there is no such student")?.try_get(0)?;
        tx.execute(told, &[&change.student, &district, &version]).await?;
        tx.commit().await?;
        let student =
            json!({ "id": change.student, "phone": change.phone, "version": version.to_string() });
        Ok(json!({ "data": { "studentUpdate": { "student": student, "userErrors": [] } } }))
    }
}
