//! Pages by position, never by number.
//!
//! A list is sorted by one key and the primary key behind it, both in the same direction, so that
//! a row's position is a tuple that an index holds and compares in one step. NULL is the smallest
//! value in both databases: first in ascending order, last in descending order.

use entity::row::Columns;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, IntoSimpleExpr, Order, QueryFilter, Select, Value,
    sea_query::{Expr, ExprTrait, NullOrdering, OrderedStatement, SimpleExpr},
};
use uuid::Uuid;

use super::{Backend, Visible, columns::column_of};

/// What a list is sorted by; the primary key alone when there is no column.
pub struct SortKey<E: EntityTrait> {
    /// The column.
    pub column: Option<E::Column>,
    /// Whether the column may be NULL.
    pub is_nullable: bool,
    /// From the largest to the smallest.
    pub descending: bool,
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "derive would ask it of the entity too")]
impl<E: EntityTrait> Clone for SortKey<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: EntityTrait> Copy for SortKey<E> {}

impl<E: EntityTrait> Default for SortKey<E> {
    fn default() -> Self {
        Self { column: None, is_nullable: false, descending: false }
    }
}

impl<E: EntityTrait> SortKey<E> {
    /// The sort in words, for a cursor's fingerprint.
    #[must_use]
    pub fn describe(&self) -> String {
        let column = self.column.map(|column| sea_orm::Iden::unquoted(&column).to_owned());
        format!("{}{}", column.unwrap_or_default(), if self.descending { "-" } else { "+" })
    }
}

/// The position of a row: the value of the sort key, `None` for NULL, and the primary key.
#[derive(Debug, Clone)]
pub struct Position {
    /// The value of the sort key; the outer `None` when the primary key alone sorts.
    pub key: Option<Option<Value>>,
    /// The primary key.
    pub id: Uuid,
}

/// A page that is asked for.
pub struct Page<E: EntityTrait> {
    /// How many rows.
    pub size: u64,
    /// The last rows of the range instead of the first.
    pub backward: bool,
    /// The order of the list.
    pub sort: SortKey<E>,
    /// Only rows behind this position.
    pub after: Option<Position>,
    /// Only rows in front of this position.
    pub before: Option<Position>,
    /// Count what the filter matches, up to this number.
    pub count: Option<u64>,
    /// The columns that are looked at.
    pub columns: Columns,
}

/// A page that was found.
#[derive(Debug)]
pub struct Slice<R> {
    /// The rows, in the order of the list.
    pub rows: Vec<R>,
    /// Whether rows lie before them.
    pub has_previous: bool,
    /// Whether rows lie after them.
    pub has_next: bool,
    /// How many rows the filter matches; one more than the limit when counting stopped.
    pub total: Option<u64>,
}

impl<E: Visible> Page<E> {
    /// What is fetched: also what a cursor is made of.
    pub(super) fn columns(&self) -> Columns {
        let key = column_of::<E>(E::id_column());
        let sort = self.sort.column.map_or(Columns::NONE, column_of::<E>);
        self.columns.and(key).and(sort)
    }

    /// The rows between the two positions.
    pub(super) fn range(&self, select: Select<E>) -> Select<E> {
        let after =
            self.after.as_ref().map(|position| self.beyond(position, !self.sort.descending));
        let before =
            self.before.as_ref().map(|position| self.beyond(position, self.sort.descending));
        after.into_iter().chain(before).fold(select, Select::filter)
    }

    /// The order in which rows are fetched: from the end when the last rows are wanted.
    pub(super) fn order(&self) -> Order {
        if self.sort.descending == self.backward { Order::Asc } else { Order::Desc }
    }

    /// Sorts a statement in the fetching order.
    pub(super) fn sorted(&self, backend: Backend, statement: &mut impl OrderedStatement) {
        let order = self.order();
        if let Some(column) = self.sort.column {
            if self.sort.is_nullable && backend == Backend::Postgres {
                let nulls =
                    if order == Order::Asc { NullOrdering::First } else { NullOrdering::Last };
                statement.order_by_expr_with_nulls(column.into_simple_expr(), order.clone(), nulls);
            } else {
                statement.order_by_expr(column.into_simple_expr(), order.clone());
            }
        }
        statement.order_by_expr(E::id_column().into_simple_expr(), order);
    }

    /// Rows whose position is greater (or smaller) than this one.
    fn beyond(&self, position: &Position, greater: bool) -> Condition {
        let id = E::id_column();
        let behind_id = if greater { id.gt(position.id) } else { id.lt(position.id) };
        let (Some(column), Some(key)) = (self.sort.column, position.key.clone()) else {
            return Condition::all().add(behind_id);
        };
        let Some(key) = key else {
            let among_nulls = Condition::all().add(column.is_null()).add(behind_id);
            let beyond = Condition::any().add(among_nulls);
            return if greater { beyond.add(column.is_not_null()) } else { beyond };
        };
        let tuple = Expr::tuple([column.into_simple_expr(), id.into_simple_expr()]);
        let here = Expr::tuple([Expr::val(key), Expr::val(position.id)]);
        let tuple: SimpleExpr = if greater { tuple.gt(here) } else { tuple.lt(here) };
        let beyond = Condition::any().add(tuple);
        let nulls_beyond = self.sort.is_nullable && !greater;
        if nulls_beyond { beyond.add(column.is_null()) } else { beyond }
    }

    /// Makes a page of the rows that were fetched: one more than wanted tells whether more follow.
    pub(super) fn slice<R>(&self, mut rows: Vec<R>, total: Option<u64>) -> Slice<R> {
        let wanted = usize::try_from(self.size).unwrap_or(usize::MAX);
        let more = rows.len() > wanted;
        rows.truncate(wanted);
        if self.backward {
            rows.reverse();
            return Slice { rows, has_previous: more, has_next: self.before.is_some(), total };
        }
        Slice { rows, has_previous: self.after.is_some(), has_next: more, total }
    }
}
