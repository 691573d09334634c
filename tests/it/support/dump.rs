//! Every row of every table as text, to see that nothing was written.

use std::collections::BTreeSet;

use pathbridge::store::Backend;
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use super::TestApp;

/// One line for each row: the table and its columns.
pub async fn dump(app: &TestApp) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for table in tables(app).await {
        let row = match app.app.db.backend() {
            Backend::Postgres => format!("SELECT row_to_json(t)::text FROM \"{table}\" t"),
            Backend::Sqlite => format!("SELECT {} FROM \"{table}\"", columns(app, &table).await),
        };
        lines.extend(texts(app, &row).await.into_iter().map(|row| format!("{table} {row}")));
    }
    lines
}

/// The key as both databases write it in a dump.
pub fn spellings(key: Uuid) -> [String; 2] {
    [key.hyphenated().to_string(), key.simple().to_string().to_uppercase()]
}

/// Every table.
pub async fn tables(app: &TestApp) -> Vec<String> {
    let names = match app.app.db.backend() {
        Backend::Postgres => {
            "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'"
        }
        Backend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table'",
    };
    texts(app, names).await
}

async fn columns(app: &TestApp, table: &str) -> String {
    let names = texts(app, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
    let quoted: Vec<_> = names.iter().map(|name| format!("quote(\"{name}\")")).collect();
    quoted.join(" || ' ' || ")
}

/// The first column of what a statement answers.
pub async fn texts(app: &TestApp, sql: &str) -> Vec<String> {
    let writer = app.app.db.writer();
    let statement = Statement::from_string(writer.get_database_backend(), sql);
    let rows = writer.query_all_raw(statement).await.expect("a look behind the door");
    rows.iter().map(|row| row.try_get_by_index(0).expect("text")).collect()
}
