//! What the database makes of a statement.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use pathbridge::store::Backend;
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::Value as Json;

use crate::support::TestApp;

/// Rows may be read one after the other when a LIMIT ends it this early: a `totalCount` stops at
/// 10,000 hits, and a filter that fits every fourth row has them before half of 100,000 are read.
const SHARE: f64 = 0.5;
/// A table of more rows is big.
const BIG: i64 = 10_000;

/// The plans of all statements, and what is wrong with them.
pub struct Plans<'a> {
    test: &'a TestApp,
    /// Only these: a small table is best read from end to end.
    big: BTreeSet<String>,
    seen: BTreeSet<(bool, String)>,
    /// By what is wrong: who asked what, and the statement.
    wrong: BTreeMap<String, Vec<String>>,
}

impl<'a> Plans<'a> {
    pub async fn new(test: &'a TestApp) -> Self {
        let backend = test.app.db.writer().get_database_backend();
        let sql = match test.app.db.backend() {
            Backend::Sqlite => {
                format!("SELECT tbl AS name FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) > {BIG}")
            }
            Backend::Postgres => {
                format!("SELECT relname::text AS name FROM pg_class WHERE reltuples > {BIG}")
            }
        };
        let listed = test.app.db.writer().query_all_raw(Statement::from_string(backend, sql));
        let listed = listed.await.expect("the tables");
        let big: BTreeSet<String> =
            listed.iter().map(|row| row.try_get("", "name").expect("a name")).collect();
        assert!(big.contains("student") && !big.contains("api_client"), "{big:?}");
        Self { test, big, seen: BTreeSet::new(), wrong: BTreeMap::new() }
    }

    /// Explains a statement unless the same words were explained before.
    pub async fn explain(&mut self, what: &str, is_sort: bool, statement: Statement) {
        if !self.seen.insert((is_sort, statement.sql.clone())) {
            return;
        }
        let found = match self.test.app.db.backend() {
            Backend::Sqlite => self.sqlite(is_sort, &statement).await,
            Backend::Postgres => self.postgres(&statement).await,
        };
        for wrong in found {
            self.wrong.entry(wrong).or_default().push(format!("{what}\n    {}", statement.sql));
        }
    }

    async fn rows(&self, explain: &str, statement: &Statement) -> Vec<sea_orm::QueryResult> {
        let explained =
            Statement { sql: format!("{explain} {}", statement.sql), ..statement.clone() };
        let rows = self.test.app.db.writer().query_all_raw(explained).await;
        rows.unwrap_or_else(|cause| panic!("{cause}\n{}", statement.sql))
    }

    /// `SCAN student` reads a table from end to end; `SCAN student USING INDEX …` walks an index.
    ///
    /// SQLite has no price for a LIMIT: a count stops at its limit, whatever the plan says of it.
    /// It also shows how it would read what `WHERE false` never lets it read. And an order is
    /// expected of an index where the caller's own column leads to the rows; what is found through
    /// other tables is sorted afterwards.
    async fn sqlite(&self, is_sort: bool, statement: &Statement) -> Vec<String> {
        let sql = &statement.sql;
        if sql.starts_with("SELECT COUNT(*)") || sql.contains(" WHERE ? ") {
            return Vec::new();
        }
        let is_own = is_sort && !sql.contains("(SELECT");
        let rows = self.rows("EXPLAIN QUERY PLAN", statement).await;
        let steps = rows.iter().map(|row| row.try_get::<String>("", "detail").expect("a step"));
        let is_wrong = |step: &String| {
            let table = step.strip_prefix("SCAN ").filter(|_| !step.contains(" INDEX "));
            table.is_some_and(|table| self.big.contains(table))
                || is_own && step == "USE TEMP B-TREE FOR ORDER BY"
        };
        steps.filter(is_wrong).collect()
    }

    async fn postgres(&self, statement: &Statement) -> Vec<String> {
        let plan = self.generic_plan(statement).await;
        let mut wrong = Vec::new();
        self.descend(&plan[0]["Plan"], 1.0, &mut wrong);
        wrong
    }

    /// The plan that the server's connections keep for the statement, whatever its values: so
    /// nothing stands for each of them here.
    async fn generic_plan(&self, statement: &Statement) -> Json {
        let values = statement.values.as_ref().map_or(0, |values| values.0.len());
        let nothing = vec!["NULL"; values].join(", ");
        let given = if values == 0 { String::new() } else { format!("({nothing})") };
        let transaction = self.test.app.db.writer().begin().await.expect("a connection");
        for sql in [
            "SET LOCAL plan_cache_mode = force_generic_plan".to_owned(),
            format!("PREPARE asked AS {}", statement.sql),
        ] {
            let done = transaction.execute_unprepared(&sql).await;
            done.unwrap_or_else(|cause| panic!("{cause}\n{}", statement.sql));
        }
        let explain = format!("EXPLAIN (FORMAT JSON) EXECUTE asked{given}");
        let rows = transaction.query_all_raw(Statement::from_string(statement.db_backend, explain));
        let plan = rows.await.expect("a plan")[0].try_get_by_index(0).expect("a plan");
        transaction.execute_unprepared("DEALLOCATE asked").await.expect("it is forgotten");
        transaction.rollback().await.expect("it ends");
        plan
    }

    /// A plan's steps; `share` is how much of its input a LIMIT above lets a step read.
    fn descend(&self, node: &Json, share: f64, wrong: &mut Vec<String>) {
        let cost = |node: &Json| node["Total Cost"].as_f64().unwrap_or(0.0);
        let kind = node["Node Type"].as_str().unwrap_or_default();
        let table = node["Relation Name"].as_str().unwrap_or_default();
        let is_big = self.big.contains(table);
        if kind == "Seq Scan" && is_big && share > SHARE {
            wrong.push(format!("Seq Scan on {table}"));
        }
        for below in node["Plans"].as_array().into_iter().flatten() {
            let share = match kind {
                "Limit" => cost(node) / cost(below).max(1.0),
                // These read all of their input before the first row.
                "Sort" | "Aggregate" | "Hash" | "WindowAgg" | "Materialize" => 1.0,
                _ => share,
            };
            self.descend(below, share, wrong);
        }
    }

    /// Fails when anything is wrong.
    pub fn judge(self) {
        let mut report = String::new();
        for (wrong, of) in &self.wrong {
            let _ = write!(report, "\n\n{wrong}: {} statements, as", of.len());
            for one in of.iter().take(30) {
                let _ = write!(report, "\n  {one}");
            }
        }
        assert!(report.is_empty(), "{} statements, {report}", self.seen.len());
    }
}
