//! The schema: what the slices declare, put together.

use std::sync::{Arc, Once};

use async_graphql::{MergedObject, SDLExportOptions, Schema, SchemaBuilder};

use crate::{
    bulk, changes,
    graphql::{
        Api, Schemas,
        guard::Limits,
        model::ModelError,
        object::{Events, Graph, Query, Root},
        once::idempotent,
    },
    interests, matching, partners, pathways, placements, reference, roster, sandbox, webhooks,
};

/// Everything that can be written.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    roster::mutation::RosterMutation,
    interests::mutation::InterestsMutation,
    pathways::mutation::PathwaysMutation,
    partners::mutation::PartnersMutation,
    placements::mutation::PlacementsMutation,
    matching::mutation::MatchingMutation,
    webhooks::mutation::WebhooksMutation,
    bulk::mutation::BulkMutation,
    sandbox::mutation::SandboxMutation,
);

/// The executable schema.
pub type PathbridgeSchema = Schema<Root<Query>, Mutation, Events>;

/// Puts the slices' declarations together, once for the process.
fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let mut graph = Graph::new();
        roster::types::declare(&mut graph);
        reference::types::declare(&mut graph);
        interests::types::declare(&mut graph);
        pathways::types::declare(&mut graph);
        partners::types::declare(&mut graph);
        placements::types::declare(&mut graph);
        matching::types::declare(&mut graph);
        changes::types::declare(&mut graph);
        webhooks::types::declare(&mut graph);
        bulk::types::declare(&mut graph);
        sandbox::types::declare(&mut graph);
        changes::subscription::declare(&mut graph);
        bulk::subscription::declare(&mut graph);
        graph.install();
    });
}

fn builder() -> SchemaBuilder<Root<Query>, Mutation, Events> {
    install();
    Schema::build(Root::new(), Mutation::default(), Events)
        .directive(idempotent)
        .disable_suggestions()
}

/// The API over the schema: what is printed is what is enforced.
pub fn api() -> Result<Api, ModelError> {
    let schemas = Schemas::build(builder).with_queries_of::<Query>();
    let sdl = print(schemas.strict());
    Api::new(schemas, &sdl, Limits::default())
}

/// What the workers of bulk jobs need of the schema.
#[must_use]
pub fn means(api: &Arc<Api>) -> bulk::worker::Means {
    bulk::types::means(api)
}

/// The schema as it is printed.
#[must_use]
pub fn sdl() -> String {
    print(&builder().finish())
}

/// Always in the same order, so that a difference is a change.
fn print(schema: &PathbridgeSchema) -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by();
    schema.sdl_with_options(options)
}
