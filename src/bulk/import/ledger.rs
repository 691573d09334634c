//! What an import must remember from one file to the next, kept in the database.
//!
//! Which keys a file has named, which roles a person has, who teaches a class: all of it grows with
//! the district, so none of it is held in memory. Two temporary tables hold it; they belong to the
//! import's transaction and end with it.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, InsertStatement, OnConflict, Order, Query, SelectStatement},
};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    error::{Error, Result},
    store::{Backend, Write, any_text, list_of_texts},
};

/// Keys that were named: `space` says as what.
const KEYS: &str = "import_key";
/// Facts to be joined later: `space` says which, `owner` whose.
const FACTS: &str = "import_fact";

const OPEN: [&str; 3] = [
    "CREATE TEMPORARY TABLE import_key (space TEXT NOT NULL, value TEXT NOT NULL, \
     PRIMARY KEY (space, value))",
    "CREATE TEMPORARY TABLE import_fact (space TEXT NOT NULL, owner TEXT NOT NULL, \
     line BIGINT NOT NULL, detail TEXT NOT NULL)",
    "CREATE INDEX ix_import_fact ON import_fact (space, owner)",
];

const COUNT: &str = "ANALYZE import_key, external_id, school, academic_session, course, class, \
                     student, guardian, staff, enrollment";

/// On PostgreSQL a connection plans a statement once. Here tables grow from nothing within one
/// transaction: what was planned for ten rows would read a hundred thousand, batch after batch.
const PLAN_ANEW: &str = "SET LOCAL plan_cache_mode = force_custom_plan";

/// One fact about an owner.
pub(in crate::bulk) struct Fact {
    /// Whom or what it is about.
    pub owner: String,
    /// Where it stands.
    pub line: u64,
    detail: String,
}

impl Fact {
    /// A fact in the form in which it is kept.
    pub fn new(owner: &str, line: u64, detail: &impl Serialize) -> Result<Self> {
        let detail = serde_json::to_string(detail).map_err(Error::internal)?;
        Ok(Self { owner: owner.to_owned(), line, detail })
    }
}

/// The two tables.
#[derive(Clone, Copy)]
pub(in crate::bulk) struct Ledger<'a> {
    write: &'a Write<'a>,
}

impl<'a> Ledger<'a> {
    /// Makes the tables.
    pub async fn open(write: &'a Write<'a>) -> Result<Self> {
        for statement in OPEN {
            write.tx.execute_unprepared(statement).await?;
        }
        if write.backend() == Backend::Postgres {
            write.tx.execute_unprepared(PLAN_ANEW).await?;
        }
        Ok(Self { write })
    }

    /// Takes the tables away; a connection outlives its transaction.
    pub async fn close(self) -> Result<()> {
        for table in [KEYS, FACTS] {
            self.write.tx.execute_unprepared(&format!("DROP TABLE {table}")).await?;
        }
        Ok(())
    }

    /// Lets PostgreSQL count the rows: it knows nothing yet of what this transaction has written,
    /// and would compare every row with every key.
    pub async fn settle(&self) -> Result<()> {
        if self.write.backend() == Backend::Postgres {
            self.write.tx.execute_unprepared(COUNT).await?;
        }
        Ok(())
    }

    /// Those of the values that the space holds.
    pub async fn holds(&self, space: &str, values: &[&str]) -> Result<HashSet<String>> {
        if values.is_empty() {
            return Ok(HashSet::new());
        }
        let select = Query::select()
            .column("value")
            .from(KEYS)
            .and_where(Expr::col("space").eq(space))
            .and_where(any_text(self.write.backend(), Expr::col("value"), values))
            .to_owned();
        self.texts(&select, "value").await.map(HashSet::from_iter)
    }

    /// Puts the values into the space.
    pub async fn mark(&self, space: &str, values: impl Iterator<Item = &str>) -> Result<()> {
        let values: Vec<&str> = values.collect();
        if !values.is_empty() {
            self.write.tx.execute(&self.marking(space, &values)?).await?;
        }
        Ok(())
    }

    /// Puts the values into the space and tells which of them were new there.
    pub async fn claim(&self, space: &str, values: &[&str]) -> Result<Vec<bool>> {
        let mut marking = self.marking(space, values)?;
        let rows = self.write.tx.query_all(marking.returning_col("value")).await?;
        let fresh: Result<HashSet<String>> =
            rows.iter().map(|row| Ok(row.try_get("", "value")?)).collect();
        let mut fresh = fresh?;
        Ok(values.iter().map(|value| fresh.remove(*value)).collect())
    }

    fn marking(self, space: &str, values: &[&str]) -> Result<InsertStatement> {
        let mut list = Query::select();
        list.expr(Expr::val(space)).column("value");
        list_of_texts(self.write.backend(), &mut list, values);
        // Without a condition SQLite would take `ON` for the beginning of a join.
        list.and_where(Expr::val(true));
        let mut insert = Query::insert();
        insert.into_table(KEYS).columns(["space", "value"]);
        insert.select_from(list).map_err(Error::internal)?;
        insert.on_conflict(OnConflict::new().do_nothing().to_owned());
        Ok(insert)
    }

    /// Keeps facts.
    pub async fn note(&self, space: &str, facts: &[Fact]) -> Result<()> {
        for facts in facts.chunks(super::rows::BATCH) {
            let mut insert = Query::insert();
            insert.into_table(FACTS).columns(["space", "owner", "line", "detail"]);
            for fact in facts {
                let line = i64::try_from(fact.line).unwrap_or(i64::MAX);
                let row = [
                    space.into(),
                    fact.owner.as_str().into(),
                    line.into(),
                    fact.detail.as_str().into(),
                ];
                insert.values(row).map_err(Error::internal)?;
            }
            self.write.tx.execute(&insert).await?;
        }
        Ok(())
    }

    /// The facts of these owners, in the order of their lines.
    pub async fn facts<T: DeserializeOwned>(
        &self,
        space: &str,
        owners: &[&str],
    ) -> Result<HashMap<String, Vec<(u64, T)>>> {
        let mut found: HashMap<String, Vec<(u64, T)>> = HashMap::new();
        if owners.is_empty() {
            return Ok(found);
        }
        let select = Query::select()
            .columns(["owner", "line", "detail"])
            .from(FACTS)
            .and_where(Expr::col("space").eq(space))
            .and_where(any_text(self.write.backend(), Expr::col("owner"), owners))
            .order_by("line", Order::Asc)
            .to_owned();
        for row in self.write.tx.query_all(&select).await? {
            let (owner, detail): (String, String) =
                (row.try_get("", "owner")?, row.try_get("", "detail")?);
            let line: i64 = row.try_get("", "line")?;
            let fact = serde_json::from_str(&detail).map_err(Error::internal)?;
            found.entry(owner).or_default().push((line.unsigned_abs(), fact));
        }
        Ok(found)
    }

    /// The next owners of such facts that the other space does not hold.
    pub async fn owners_without(
        &self,
        space: &str,
        held_by: &str,
        after: Option<&str>,
    ) -> Result<Vec<String>> {
        let held = Query::select()
            .expr(Expr::val(1))
            .from(KEYS)
            .and_where(Expr::col((KEYS, "space")).eq(held_by))
            .and_where(Expr::col((KEYS, "value")).equals((FACTS, "owner")))
            .to_owned();
        let mut select = Query::select()
            .distinct()
            .column("owner")
            .from(FACTS)
            .and_where(Expr::col("space").eq(space))
            .and_where(Expr::not_exists(held))
            .order_by("owner", Order::Asc)
            .limit(super::rows::BATCH as u64)
            .to_owned();
        if let Some(after) = after {
            select.and_where(Expr::col("owner").gt(after));
        }
        self.texts(&select, "owner").await
    }

    /// A sub-query: something of this space that equals the expression.
    pub fn held(space: impl Into<Expr>, value: Expr) -> SelectStatement {
        Query::select()
            .expr(Expr::val(1))
            .from(KEYS)
            .and_where(Expr::col((KEYS, "space")).eq(space))
            .and_where(Expr::col((KEYS, "value")).eq(value))
            .to_owned()
    }

    async fn texts(&self, select: &SelectStatement, column: &str) -> Result<Vec<String>> {
        let rows = self.write.tx.query_all(select).await?;
        rows.iter().map(|row| Ok(row.try_get("", column)?)).collect()
    }
}
