//! No table is forgotten: a new one is emptied with a sandbox, goes with a row that is, or is named
//! here with the reason why it is not.

use std::collections::BTreeSet;

use pathbridge::{sandbox::service::clear, store::Backend};

use crate::support::{
    TestApp, both,
    dump::{tables, texts},
};

/// Tables without rows of a tenant, or with rows that are forgotten by themselves.
const LEFT: [(&str, &str); 5] = [
    ("change_log", "tells of the end; it forgets by age"),
    ("outbox", "leads to the log"),
    ("feed_state", "one row for all"),
    ("revoked_token", "forgets what has expired"),
    ("seaql_migrations", "belongs to no tenant"),
];

/// Reference data, which are everybody's.
const PUBLIC: [&str; 9] = [
    "career_cluster",
    "career_cluster_map",
    "cip_program",
    "cip_soc",
    "occupation",
    "occupation_cluster",
    "occupation_edition",
    "reference_release",
    "soc_occupation",
];

/// The tables whose rows go with a row of another one, each behind that one.
async fn followers(app: &TestApp) -> Vec<(String, String)> {
    let sql = match app.app.db.backend() {
        Backend::Sqlite => {
            "SELECT f.\"table\" || ' ' || t.name FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f
             WHERE t.type = 'table' AND f.on_delete = 'CASCADE'"
        }
        Backend::Postgres => {
            "SELECT c.confrelid::regclass::text || ' ' || c.conrelid::regclass::text FROM pg_constraint AS c
             WHERE c.contype = 'f' AND c.confdeltype = 'c'"
        }
    };
    let pairs = texts(app, sql).await.into_iter();
    pairs
        .filter_map(|pair| pair.split_once(' ').map(|(to, from)| (to.into(), from.into())))
        .collect()
}

both! {
    async fn every_table_has_its_place_in_the_end(app: TestApp) {
        let mut known: BTreeSet<String> = clear::covered().into_iter().map(str::to_owned).collect();
        let followers = followers(&app).await;
        known.extend(followers.iter().filter(|(to, _)| clear::covered().contains(&to.as_str())).map(|(_, from)| from.clone()));
        known.extend(LEFT.iter().map(|(table, _)| (*table).to_owned()));
        known.extend(PUBLIC.map(str::to_owned));
        let all: BTreeSet<String> = tables(&app).await.into_iter()
            // A part of the log is the log.
            .map(|table| if table.starts_with("change_log_") { "change_log".to_owned() } else { table })
            .filter(|table| !table.starts_with("sqlite_"))
            .collect();
        let missed: Vec<_> = all.difference(&known).collect();
        assert!(missed.is_empty(), "say in src/sandbox/service/clear.rs how these are emptied: {missed:?}");
        let unknown: Vec<_> = known.difference(&all).collect();
        assert!(unknown.is_empty(), "there are no such tables: {unknown:?}");
    }

    async fn a_row_is_deleted_without_reading_tables_through(app: TestApp) {
        let sql = match app.app.db.backend() {
            Backend::Sqlite => {
                "SELECT t.name || '.' || f.\"from\" FROM sqlite_master AS t, pragma_foreign_key_list(t.name) AS f
                 WHERE t.type = 'table' AND NOT EXISTS (
                   SELECT 1 FROM pragma_index_list(t.name) AS i, pragma_index_info(i.name) AS c
                   WHERE c.seqno = 0 AND c.name = f.\"from\")"
            }
            Backend::Postgres => {
                "SELECT c.conrelid::regclass::text || '.' || a.attname FROM pg_constraint AS c
                 JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                 WHERE c.contype = 'f' AND NOT EXISTS (
                   SELECT 1 FROM pg_index AS i WHERE i.indrelid = c.conrelid AND i.indkey[0] = c.conkey[1])"
            }
        };
        assert_eq!(texts(&app, sql).await, Vec::<String>::new(), "columns that point somewhere, without an index");
    }
}
