//! What can be asked of the roster.

use super::types::{District, School, Student};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<District>("district", "A district by its global id.");
    query.list::<District>("districts", "The districts that you may see.");
    query.get::<School>("school", "A school by its global id.");
    query.by_key::<School>("schoolByKey", "A school by your own system's key.");
    query.list::<School>("schools", "The schools that you may see.");
    query.get::<Student>("student", "A student by the global id.");
    query.by_key::<Student>("studentByKey", "A student by your own system's key.");
    query.list::<Student>("students", "The students that you may see.");
}
