//! Pages of many parents in one statement.
//!
//! Each parent's page is read from the index by itself and stops at its end, so the work is that
//! of the rows that are answered, however many a parent has: a LATERAL join on PostgreSQL, a
//! correlated list of keys on SQLite, which has no LATERAL.

use std::collections::HashMap;

use entity::row::Columns;
use sea_orm::{
    ColumnTrait, ConnectionTrait, IntoSimpleExpr, JoinType, ModelTrait, QueryFilter, QueryTrait,
    Select, Value,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use super::{
    Backend, Page, Reader, Slice, Visible,
    columns::{column_of, fetched, narrowed},
    dialect::{key_of_list, list_of_keys},
};
use crate::error::Result;

/// The name under which a statement knows its parents.
const PARENT: &str = "parent";

impl Reader<'_> {
    /// A page of the selection for each parent, all in one statement; the parents are distinct.
    pub async fn page_per_parent<E: Visible>(
        &self,
        select: Select<E>,
        parent: E::Column,
        parents: &[Uuid],
        page: &Page<E>,
    ) -> Result<Vec<Slice<E::Model>>> {
        let mut totals = match page.count {
            Some(limit) => Some(self.totals(select.clone(), parent, parents, limit).await?),
            None => None,
        };
        let columns = page.columns().and(column_of::<E>(parent));
        let mut inner = page
            .range(narrowed(select, columns))
            .filter(parent.into_simple_expr().eq(key_of_list(self.backend, PARENT)))
            .into_query();
        page.sorted(self.backend, &mut inner);
        inner.limit(page.size + 1);
        let statement = self.each_parent::<E>(inner, parents, page, columns);
        let mut found: HashMap<Uuid, Vec<E::Model>> = HashMap::new();
        for row in self.models::<E>(&statement, columns).await? {
            found.entry(key_of(&row.get(parent))).or_default().push(row);
        }
        let slice = |parent: &Uuid| {
            let total = totals.as_mut().map(|totals| totals.get(parent).copied().unwrap_or(0));
            page.slice(found.get_mut(parent).map(std::mem::take).unwrap_or_default(), total)
        };
        Ok(parents.iter().map(slice).collect())
    }

    /// The statement that runs the inner one for each parent. Its rows take the table's own name,
    /// so that the page can sort them once more: a join promises no order.
    fn each_parent<E: Visible>(
        &self,
        mut inner: SelectStatement,
        parents: &[Uuid],
        page: &Page<E>,
        columns: Columns,
    ) -> SelectStatement {
        let table = Alias::new(E::default().table_name());
        let mut outer = Query::select();
        list_of_keys(self.backend, &mut outer, parents, PARENT);
        outer.columns(fetched::<E>(columns).map(|column| (table.clone(), column)));
        match self.backend {
            Backend::Postgres => {
                outer.join_lateral(JoinType::InnerJoin, inner, table, Expr::cust("TRUE"));
            }
            Backend::Sqlite => {
                inner.clear_selects().expr(E::id_column().into_simple_expr());
                // In this order: the parents first, then their rows by key.
                outer.cross_join(table).and_where(E::id_column().in_subquery(inner));
            }
        }
        page.sorted(self.backend, &mut outer);
        outer
    }

    /// Counts the selection for each parent, but no further than the limit and one.
    async fn totals<E: Visible>(
        &self,
        select: Select<E>,
        parent: E::Column,
        parents: &[Uuid],
        limit: u64,
    ) -> Result<HashMap<Uuid, u64>> {
        let key = key_of_list(self.backend, PARENT);
        let mut inner = select.filter(parent.into_simple_expr().eq(key.clone())).into_query();
        inner.clear_selects().expr(Expr::val(1)).limit(limit + 1);
        let count = Query::select()
            .expr(Expr::cust("COUNT(*)"))
            .from_subquery(inner, Alias::new("counted"))
            .to_owned();
        let mut statement = Query::select();
        list_of_keys(self.backend, &mut statement, parents, PARENT);
        statement.expr_as(key, Alias::new("key"));
        statement.expr_as(SimpleExpr::SubQuery(None, Box::new(count.into())), Alias::new("total"));
        self.count_statement();
        let rows = self.connection().query_all(&statement).await?;
        let pair = |row: &sea_orm::QueryResult| {
            let total: i64 = row.try_get("", "total")?;
            Ok((row.try_get("", "key")?, u64::try_from(total).unwrap_or(0)))
        };
        rows.iter().map(pair).collect()
    }
}

fn key_of(value: &Value) -> Uuid {
    match value {
        Value::Uuid(Some(key)) => *key,
        _ => Uuid::nil(),
    }
}
