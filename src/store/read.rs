//! Running the statements that read.

use std::sync::atomic::{AtomicU64, Ordering};

use entity::row::{Cells, Columns, Narrow};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, FromQueryResult,
    QueryFilter, QueryTrait, Select, Statement,
    sea_query::{Alias, Expr, Query, SelectStatement, SimpleExpr},
};

use super::{
    Backend, Page, Slice, Visible,
    columns::{column_of, narrowed},
};
use crate::error::Result;

/// A connection to read from; it counts its statements, so that a test can hold a query to them.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    pub(super) source: Source<'a>,
    /// Which database it is.
    pub backend: Backend,
    pub(super) statements: &'a AtomicU64,
}

/// Where a reader reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source<'a> {
    /// What is committed, at each statement anew.
    Pool(&'a DatabaseConnection),
    /// One state.
    Snapshot(&'a DatabaseTransaction),
}

impl<'a> Reader<'a> {
    pub(super) fn connection(&self) -> DatabaseExecutor<'a> {
        match self.source {
            Source::Pool(connection) => connection.into(),
            Source::Snapshot(tx) => tx.into(),
        }
    }

    /// Every row of the selection that fits.
    pub async fn all<E: Visible>(
        &self,
        select: Select<E>,
        fits: SimpleExpr,
    ) -> Result<Vec<E::Model>> {
        self.count_statement();
        Ok(select.filter(fits).all(&self.connection()).await?)
    }

    /// These columns of every row of the selection that fits; the key is always among them.
    pub async fn some<E: Visible>(
        &self,
        select: Select<E>,
        fits: SimpleExpr,
        columns: Columns,
    ) -> Result<Vec<E::Model>> {
        let columns = columns.and(column_of::<E>(E::id_column()));
        let statement = narrowed(select.filter(fits), columns).into_query();
        self.models::<E>(&statement, columns).await
    }

    /// What the selection adds up to: one row for each group that it names.
    pub async fn sums<E: Visible, R: FromQueryResult + Send>(
        &self,
        select: Select<E>,
    ) -> Result<Vec<R>> {
        self.count_statement();
        Ok(select.into_model::<R>().all(&self.connection()).await?)
    }

    /// The rows of a statement over the house's own tables, which belong to no tenant: who asks
    /// decides what of them a caller learns.
    pub async fn rows<R: FromQueryResult>(&self, statement: &SelectStatement) -> Result<Vec<R>> {
        self.count_statement();
        let rows = self.connection().query_all(statement).await?;
        rows.iter().map(|row| Ok(R::from_query_result(row, "")?)).collect()
    }

    /// The same for a statement that is written by hand.
    pub async fn ask<R: FromQueryResult>(&self, statement: Statement) -> Result<Vec<R>> {
        self.count_statement();
        let rows = self.connection().query_all_raw(statement).await?;
        rows.iter().map(|row| Ok(R::from_query_result(row, "")?)).collect()
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
        let columns = page.columns();
        let mut statement = narrowed(page.range(select), columns).into_query();
        page.sorted(self.backend, &mut statement);
        statement.limit(page.size + 1);
        let rows = self.models::<E>(&statement, columns).await?;
        Ok(page.slice(rows, total))
    }

    pub(super) async fn models<E: Visible>(
        &self,
        statement: &SelectStatement,
        columns: Columns,
    ) -> Result<Vec<E::Model>> {
        self.count_statement();
        let rows = self.connection().query_all(statement).await?;
        let mut models = Vec::with_capacity(rows.len());
        for row in &rows {
            models.push(E::Model::read(&mut Cells::new(row, columns))?);
        }
        Ok(models)
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
        let row = self.connection().query_one(&statement).await?;
        let total: i64 = row.map_or(Ok(0), |row| row.try_get("", "total"))?;
        Ok(u64::try_from(total).unwrap_or(0))
    }

    pub(super) fn count_statement(&self) {
        self.statements.fetch_add(1, Ordering::Relaxed);
    }
}
