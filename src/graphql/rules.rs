//! Rules of validation that async-graphql does not know.
//!
//! They are held only against documents that passed all others, so that a name that occurs is
//! known and fragments spread no circle.

mod idempotent;
mod input_names;
mod subscription;

use async_graphql::{ServerError, parser::types::ExecutableDocument};

/// What breaks these rules.
#[must_use]
pub(super) fn check(text: &str, document: &ExecutableDocument) -> Vec<ServerError> {
    let mut errors = input_names::check(text);
    errors.extend(subscription::check(document));
    errors.extend(idempotent::check(document));
    errors
}
