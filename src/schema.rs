//! The schema: what the slices declare, put together.

use std::sync::Once;

use async_graphql::{EmptySubscription, MergedObject, SDLExportOptions, Schema, ValidationMode};

use crate::{
    graphql::object::{Graph, Query, Root},
    partners, roster,
};

/// Everything that can be written.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(roster::mutation::RosterMutation);

/// The executable schema.
pub type PathbridgeSchema = Schema<Root<Query>, Mutation, EmptySubscription>;

/// Puts the slices' declarations together, once for the process.
fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mut graph = Graph::new();
        roster::types::declare(&mut graph);
        partners::types::declare(&mut graph);
        graph.install();
    });
}

/// The schema with all rules of validation, or with those only that protect the executor.
#[must_use]
pub fn build(mode: ValidationMode) -> PathbridgeSchema {
    install();
    Schema::build(Root::new(), Mutation::default(), EmptySubscription)
        .validation_mode(mode)
        .disable_suggestions()
        .finish()
}

/// The schema as it is printed, always in the same order.
#[must_use]
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by();
    build(ValidationMode::Strict).sdl_with_options(options)
}
