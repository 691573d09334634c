//! The objects of placements.

mod edges;
mod hours;
mod placement;
mod time_entry;

pub use placement::{Placement, PlacementState, PlacementStateFilter};
pub use time_entry::{TimeCategory, TimeEntry, TimeEntryState, TimeEntryStateFilter};

use crate::graphql::object::Graph;

/// Declares the slice's types, its edges on older slices' types, and its part of the root.
pub fn declare(graph: &mut Graph) {
    placement::declare(graph);
    time_entry::declare(graph);
    hours::declare(graph);
    edges::declare(graph);
    super::query::declare(graph.query());
}
