//! What can be asked of sandboxes.

use super::types::Sandbox;
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<Sandbox>("sandbox", "A sandbox by its global id.");
    query.list::<Sandbox>("sandboxes", "Your tenant's sandboxes.");
}
