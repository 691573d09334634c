//! What can be asked about placements.

use super::types::{Placement, TimeEntry};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<Placement>("placement", "A placement by its global id.");
    query.by_key::<Placement>("placementByKey", "A placement by your own system's key.");
    query.list::<Placement>("placements", "The placements that you may see.");
    query.get::<TimeEntry>("timeEntry", "A time entry by its global id.");
    query.by_key::<TimeEntry>("timeEntryByKey", "A time entry by your own system's key.");
    query.list::<TimeEntry>("timeEntries", "The hours that you may see, entry by entry.");
}
