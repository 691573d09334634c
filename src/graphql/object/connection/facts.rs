//! What a connection says about its page: where it lies, and how many rows there are.

use super::Paged;
use crate::graphql::object::Graph;

/// How many rows there are, counted up to a limit.
#[derive(Debug, Clone, Copy)]
pub struct Total {
    /// The number that was counted.
    pub value: i32,
    /// Whether there may be more.
    pub is_exact: bool,
}

/// Whether a count is the whole truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
pub enum CountPrecision {
    /// There are exactly so many.
    Exact,
    /// There are at least so many; counting stopped.
    AtLeast,
}

crate::leaf_enums!(CountPrecision);

/// What `pageInfo` says.
#[derive(Debug)]
pub struct PageInfoRow {
    has_previous: bool,
    has_next: bool,
    start: Option<String>,
    end: Option<String>,
}

crate::value_object! {
    /// Where a page lies in its list.
    pub PageInfo(PageInfoRow)
}

crate::value_object! {
    /// A number of rows, counted up to 10,000.
    pub Count(Total)
}

pub fn declare(graph: &mut Graph) {
    let info = graph.object::<PageInfo>();
    info.column("hasNextPage", |page| page.has_next, "Whether rows follow the page.");
    info.column("hasPreviousPage", |page| page.has_previous, "Whether rows precede the page.");
    info.column("startCursor", |page| page.start.clone(), "The cursor of the page's first row.");
    info.column(
        "endCursor",
        |page| page.end.clone(),
        "The cursor of the page's last row; give it as `after` to read on.",
    );
    let count = graph.object::<Count>();
    count.column("value", |total| total.value, "The number of rows, at most 10,000.");
    let precision = |total: &Total| {
        if total.is_exact { CountPrecision::Exact } else { CountPrecision::AtLeast }
    };
    count.column("precision", precision, "Whether the number is exact or a lower bound.");
}

impl<R> Paged<R> {
    /// Where the page lies.
    pub(super) fn info(&self) -> PageInfoRow {
        PageInfoRow {
            has_previous: self.has_previous,
            has_next: self.has_next,
            start: self.rows.first().map(|row| (self.cursor)(row)),
            end: self.rows.last().map(|row| (self.cursor)(row)),
        }
    }
}
