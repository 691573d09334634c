//! What the database makes of a statement.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use pathbridge::store::Backend;
use sea_orm::{ConnectionTrait, Statement};
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
    /// The tables that are big; known to PostgreSQL only, where small ones may be scanned.
    big: BTreeSet<String>,
    seen: BTreeSet<(bool, String)>,
    /// By what is wrong: who asked what, and the statement.
    wrong: BTreeMap<String, Vec<String>>,
}

impl<'a> Plans<'a> {
    pub async fn new(test: &'a TestApp) -> Self {
        let mut plans =
            Self { test, big: BTreeSet::new(), seen: BTreeSet::new(), wrong: BTreeMap::new() };
        if test.app.db.backend() == Backend::Postgres {
            plans.big = plans.big_tables().await;
        }
        plans
    }

    async fn big_tables(&self) -> BTreeSet<String> {
        let sql = format!("SELECT relname::text AS name FROM pg_class WHERE reltuples > {BIG}");
        let asked = Statement::from_string(sea_orm::DbBackend::Postgres, sql);
        let rows = self.test.app.db.writer().query_all_raw(asked).await.expect("the tables");
        rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
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
    async fn sqlite(&self, is_sort: bool, statement: &Statement) -> Vec<String> {
        let rows = self.rows("EXPLAIN QUERY PLAN", statement).await;
        let steps = rows.iter().map(|row| row.try_get::<String>("", "detail").expect("a step"));
        let is_wrong = |step: &String| {
            let is_scan = step.starts_with("SCAN ") && !step.contains(" INDEX ");
            is_scan || is_sort && step == "USE TEMP B-TREE FOR ORDER BY"
        };
        steps.filter(is_wrong).collect()
    }

    async fn postgres(&self, statement: &Statement) -> Vec<String> {
        let rows = self.rows("EXPLAIN (FORMAT JSON)", statement).await;
        let plan: Json = rows[0].try_get_by_index(0).expect("a plan");
        let mut wrong = Vec::new();
        self.descend(&plan[0]["Plan"], 1.0, &mut wrong);
        wrong
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
            for one in of.iter().take(4) {
                let _ = write!(report, "\n  {one}");
            }
        }
        assert!(report.is_empty(), "{} statements, {report}", self.seen.len());
    }
}
