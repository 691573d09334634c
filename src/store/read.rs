//! Running the statements that read.

use std::{
    collections::HashMap,
    sync::atomic::{AtomicU64, Ordering},
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, EntityTrait, FromQueryResult, IntoSimpleExpr, ModelTrait,
    QueryFilter, QueryTrait, Select, Value,
    sea_query::{
        Alias, Asterisk, Expr, ExprTrait, Func, Order, Query, SelectStatement, SimpleExpr,
        WindowStatement,
    },
};
use uuid::Uuid;

use super::{Backend, Page, Slice, Visible, any_of};
use crate::error::Result;

/// A connection to read from; it counts its statements, so that a test can hold a query to them.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub(super) connection: &'a DatabaseConnection,
    /// Which database it is.
    pub backend: Backend,
    pub(super) statements: &'a AtomicU64,
}

impl Reader<'_> {
    /// Every row of the selection that fits.
    pub async fn all<E: Visible>(
        &self,
        select: Select<E>,
        fits: SimpleExpr,
    ) -> Result<Vec<E::Model>> {
        self.count_statement();
        Ok(select.filter(fits).all(self.connection).await?)
    }

    /// What the selection adds up to: one row for each group that it names.
    pub async fn sums<E: Visible, R: FromQueryResult + Send>(
        &self,
        select: Select<E>,
    ) -> Result<Vec<R>> {
        self.count_statement();
        Ok(select.into_model::<R>().all(self.connection).await?)
    }

    /// A page of the selection.
    pub async fn page<E: Visible>(
        &self,
        select: Select<E>,
        page: &Page<E>,
    ) -> Result<Slice<E::Model>> {
        let total = match page.count {
            Some(limit) => Some(self.total(select.clone(), limit).await?),
            None => None,
        };
        let mut statement = page.range(select).into_query();
        page.sorted(self.backend, &mut statement);
        statement.limit(page.size + 1);
        let rows = self.models::<E>(&statement).await?;
        Ok(page.slice(rows, total))
    }

    /// A page of the selection for each parent, all in one statement; the parents are distinct.
    pub async fn page_per_parent<E: Visible>(
        &self,
        select: Select<E>,
        parent: E::Column,
        parents: &[Uuid],
        page: &Page<E>,
    ) -> Result<Vec<Slice<E::Model>>> {
        let select = select.filter(any_of(self.backend, parent, parents));
        let mut totals = match page.count {
            Some(_) => Some(self.totals(select.clone(), parent).await?),
            None => None,
        };
        let ranked = self.ranked(page.range(select).into_query(), parent, page);
        let mut found: HashMap<Uuid, Vec<E::Model>> = HashMap::new();
        for row in self.models::<E>(&ranked).await? {
            found.entry(key_of(&row.get(parent))).or_default().push(row);
        }
        let slice = |parent: &Uuid| {
            let total = totals.as_mut().map(|totals| totals.get(parent).copied().unwrap_or(0));
            page.slice(found.get_mut(parent).map(std::mem::take).unwrap_or_default(), total)
        };
        Ok(parents.iter().map(slice).collect())
    }

    /// The first rows of each parent, numbered by a window and cut to one more than the page.
    fn ranked<E: Visible>(
        &self,
        mut inner: SelectStatement,
        parent: E::Column,
        page: &Page<E>,
    ) -> SelectStatement {
        let mut window = WindowStatement::partition_by(parent);
        page.sorted(self.backend, &mut window);
        let rank = Alias::new("rank_in_parent");
        inner.expr_window_as(Func::cust(Alias::new("ROW_NUMBER")), window, rank.clone());
        Query::select()
            .column(Asterisk)
            .from_subquery(inner, Alias::new("ranked"))
            .and_where(Expr::col(rank.clone()).lte(page.size + 1))
            .order_by(rank, Order::Asc)
            .to_owned()
    }

    async fn models<E: EntityTrait>(&self, statement: &SelectStatement) -> Result<Vec<E::Model>> {
        self.count_statement();
        let rows = self.connection.query_all(statement).await?;
        rows.iter().map(|row| Ok(E::Model::from_query_result(row, "")?)).collect()
    }

    /// Counts the selection, but no further than the limit and one.
    async fn total<E: Visible>(&self, select: Select<E>, limit: u64) -> Result<u64> {
        let mut inner = select.into_query();
        inner.clear_selects().expr(Expr::val(1)).limit(limit + 1);
        let statement = Query::select()
            .expr_as(Expr::cust("COUNT(*)"), Alias::new("total"))
            .from_subquery(inner, Alias::new("counted"))
            .to_owned();
        self.count_statement();
        let row = self.connection.query_one(&statement).await?;
        let total: i64 = row.map_or(Ok(0), |row| row.try_get("", "total"))?;
        Ok(u64::try_from(total).unwrap_or(0))
    }

    async fn totals<E: Visible>(
        &self,
        select: Select<E>,
        parent: E::Column,
    ) -> Result<HashMap<Uuid, u64>> {
        let mut statement = select.into_query();
        statement
            .clear_selects()
            .expr_as(parent.into_simple_expr(), Alias::new("parent"))
            .expr_as(Expr::cust("COUNT(*)"), Alias::new("total"))
            .add_group_by([parent.into_simple_expr()]);
        self.count_statement();
        let rows = self.connection.query_all(&statement).await?;
        let pair = |row: &sea_orm::QueryResult| {
            let total: i64 = row.try_get("", "total")?;
            Ok((row.try_get("", "parent")?, u64::try_from(total).unwrap_or(0)))
        };
        rows.iter().map(pair).collect()
    }

    fn count_statement(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }
}

fn key_of(value: &Value) -> Uuid {
    match value {
        Value::Uuid(Some(key)) => *key,
        _ => Uuid::nil(),
    }
}
