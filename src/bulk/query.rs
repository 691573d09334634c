//! What can be asked of bulk.

use super::types::Job;
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<Job>("job", "An import or export of yours by its global id.");
    query.list::<Job>(
        "jobs",
        "The imports and exports of your client. Ask for `state: { eq: RUNNING }` to see what goes \
         on.",
    );
}
