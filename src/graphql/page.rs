//! Pages: the arguments of a connection and the cursors that carry a position.
//!
//! A cursor holds the values of the sort key and the primary key of one row, a fingerprint of the
//! sort and the filter it was made under, and a seal. So a page never depends on a row that may
//! be gone, a cursor cannot be used under another sort or filter by mistake, and nobody can make
//! one up.

use std::{marker::PhantomData, sync::Arc};

use async_graphql::{
    Value,
    registry::{MetaInputValue, Registry},
};
use sea_orm::{Condition, EntityTrait, QueryFilter, Select};

use super::{
    export,
    filter::Filter,
    object::{Arguments, Connection, Cx, Paged, Picked, Stored, Target, Total, declared, of_pages},
    order::Ordering,
};
use crate::{
    auth::Caller,
    error::{Code, Error, Result},
    store::{Page, Slice, Visible, visible},
};

mod cursor;

use cursor::Seal;

/// A page holds at most so many objects.
pub const LARGEST_PAGE: i32 = 250;
/// Counting stops here.
pub const COUNTED: u64 = 10_000;

/// `first`, `after`, `last`, `before`, `where`, `orderBy` of a connection.
pub struct PageArguments<U: Stored> {
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
    filter: Option<U::Where>,
    order: Option<U::Order>,
}

impl<U: Stored> Arguments for PageArguments<U> {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![
            declared::<Option<i32>>(
                registry,
                "first",
                "How many objects to answer from the front, 1 to 250. Exactly one of `first` and `last` is given.",
            ),
            declared::<Option<String>>(registry, "after", "Start behind this cursor."),
            declared::<Option<i32>>(
                registry,
                "last",
                "How many objects to answer from the end, 1 to 250.",
            ),
            declared::<Option<String>>(registry, "before", "End in front of this cursor."),
            declared::<Option<U::Where>>(registry, "where", "Answer only what fits."),
            declared::<Option<U::Order>>(
                registry,
                "orderBy",
                "The order of the list; by age of the objects when absent. Objects without a value come first in ascending order.",
            ),
        ]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        Ok(Self {
            first: picked.argument(cx, "first")?,
            after: picked.argument(cx, "after")?,
            last: picked.argument(cx, "last")?,
            before: picked.argument(cx, "before")?,
            filter: picked.argument(cx, "where")?,
            order: picked.argument(cx, "orderBy")?,
        })
    }
}

/// A page that was asked for, ready for the store.
pub struct PageRequest<U: Stored> {
    /// What the store needs.
    pub page: Page<U::Entity>,
    condition: Condition,
    seal: Arc<Seal<U::Entity>>,
    of: PhantomData<fn() -> U>,
}

impl<U: Stored> PageArguments<U> {
    /// Checks the arguments and opens the cursors.
    pub fn request(self, cx: &Cx<'_>, picked: &Picked<'_>) -> Result<PageRequest<U>> {
        let (largest, counted) = bounds(cx);
        let (size, backward) = size(picked.name(), largest, self.first, self.last)?;
        let sort = self.order.map_or_else(Default::default, |order| order.sort());
        let filter = self.filter.as_ref().map_or(Value::Null, async_graphql::InputType::to_value);
        let seal = Arc::new(Seal::new(cx.app()?.keys.cursor(), sort, &filter));
        let condition = self.filter.map_or_else(|| Ok(Condition::all()), Filter::condition)?;
        let page = Page {
            size,
            backward,
            after: self.after.map(|text| seal.open("after", &text)).transpose()?,
            before: self.before.map(|text| seal.open("before", &text)).transpose()?,
            sort,
            columns: of_pages::<U>(cx, &picked.sets),
            count: picked.asks_for(cx, &Connection::<U>::name(), "totalCount").then_some(counted),
        };
        Ok(PageRequest { page, condition, seal, of: PhantomData })
    }
}

/// How large a page may be and how far rows are counted: further when all of a list is read from
/// one state, as exports do.
fn bounds(cx: &Cx<'_>) -> (i32, u64) {
    match cx.snapshot() {
        Some(_) => (export::LARGEST_PAGE, u64::from(i32::MAX.unsigned_abs())),
        None => (LARGEST_PAGE, COUNTED),
    }
}

/// Exactly one of the two, within bounds: never a silent default, never clipped.
fn size(field: &str, largest: i32, first: Option<i32>, last: Option<i32>) -> Result<(u64, bool)> {
    let (size, backward) = match (first, last) {
        (Some(size), None) => (size, false),
        (None, Some(size)) => (size, true),
        _ => {
            let message = format!("`{field}` needs exactly one of `first` and `last`");
            return Err(Error::argument(Code::PaginationRequired, message));
        }
    };
    match u64::try_from(size) {
        Ok(wanted) if (1..=largest).contains(&size) => Ok((wanted, backward)),
        _ => {
            let message =
                format!("a page of `{field}` holds 1 to {largest} objects; {size} were asked for");
            Err(Error::argument(Code::PageSizeOutOfRange, message))
        }
    }
}

impl<U: Stored> PageRequest<U> {
    /// The rows that the caller may see and the filter lets through.
    pub fn select(&self, caller: &Caller) -> Select<U::Entity> {
        visible::<U::Entity>(caller).filter(self.condition.clone())
    }

    /// The page with its cursors.
    pub fn paged(&self, slice: Slice<<U::Entity as EntityTrait>::Model>) -> Paged<U::Row> {
        let (seal, limit) = (self.seal.clone(), self.page.count.unwrap_or(COUNTED));
        let total = slice.total.map(|counted| Total {
            value: i32::try_from(counted.min(limit)).unwrap_or(i32::MAX),
            is_exact: counted <= limit,
        });
        Paged {
            rows: slice.rows,
            has_previous: slice.has_previous,
            has_next: slice.has_next,
            total,
            cursor: Arc::new(move |row| seal.close(row, U::Entity::id(row))),
        }
    }
}
