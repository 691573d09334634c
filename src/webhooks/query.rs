//! What can be asked of webhooks.

use super::types::{WebhookDelivery, WebhookEndpoint};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<WebhookEndpoint>("webhookEndpoint", "A webhook endpoint by its global id.");
    query.list::<WebhookEndpoint>("webhookEndpoints", "Your tenant's webhook endpoints.");
    query.get::<WebhookDelivery>(
        "webhookDelivery",
        "A delivery by its global id, which its receiver knows as `webhook-id`.",
    );
    query.list::<WebhookDelivery>(
        "webhookDeliveries",
        "What your tenant's endpoints were told and are to be told, of the types that you may \
         read. Ask for `state: { eq: DEAD }` to see what was given up.",
    );
}
