//! The objects of webhooks.

mod delivery;
mod endpoint;

pub use delivery::{
    WebhookDelivery, WebhookDeliveryError, WebhookDeliveryState, WebhookDeliveryStateFilter,
};
pub use endpoint::{
    WebhookDisabledReason, WebhookEndpoint, WebhookEndpointState, WebhookEndpointStateFilter,
};

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    endpoint::declare(graph);
    delivery::declare(graph);
    super::query::declare(graph.query());
}
