//! Endpoints.

use async_graphql::{Enum, ID};
use entity::{id::WebhookEndpointId, webhook_delivery, webhook_endpoint};

use super::WebhookDelivery;
use crate::{
    auth::Scope,
    changes::types::{ChangeCursor, EntityType},
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    leaf_enums, object, order, tracked, typeid,
};

/// Whether an endpoint is told of changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "webhook_endpoint::EndpointState")]
pub enum WebhookEndpointState {
    /// It is.
    Active,
    /// It is told nothing until it is enabled, and then goes on where it stopped.
    Disabled,
}

/// Why an endpoint is disabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "webhook_endpoint::DisabledReason")]
pub enum WebhookDisabledReason {
    /// By `webhookEndpointDisable`.
    ByClient,
    /// The receiver answered 410 Gone.
    Gone,
    /// Nothing was delivered for five days, and every attempt failed.
    Failing,
    /// The client that set it up was revoked, or may no longer manage webhooks. Enable it with
    /// another client.
    ClientRevoked,
    /// The service has lost the key that opens the endpoint's secrets. Rotate the secret, then
    /// enable the endpoint.
    SecretLost,
}

leaf_enums!(WebhookEndpointState, WebhookDisabledReason);
enum_filter!(pub WebhookEndpointStateFilter of WebhookEndpointState as webhook_endpoint::EndpointState);

filter! {
    pub WebhookEndpointWhere on webhook_endpoint::Entity as webhook_endpoint::Column {
        /// The global id.
        id: IdFilter => Id of WebhookEndpointId,
        /// Whether it is told of changes.
        state: WebhookEndpointStateFilter => State,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub WebhookEndpointOrder, WebhookEndpointOrderField on webhook_endpoint::Entity as webhook_endpoint::Column {
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// An address of yours that is told of changes by POST, as Standard Webhooks 1.0.0 says:
    /// verify `webhook-signature` with the endpoint's secret, answer 2xx within 15 seconds, and
    /// skip a `webhook-id` that you have seen. The body is
    /// `{type, timestamp, data: {id, externalIds, version, changedFields, cursor, previousCursor}}`
    /// and holds no personal data: read the object with your token, or pull
    /// `changes(after: previousCursor)`. When `previousCursor` is not the `cursor` of the delivery
    /// before it, you missed one. Deliveries of one object come in order.
    pub WebhookEndpoint(webhook_endpoint::Entity) is WebhookEndpointId, needs Scope::WebhooksManage, by WebhookEndpointWhere, WebhookEndpointOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let endpoint = graph.node::<WebhookEndpoint>();
    endpoint.column("id", |row| Key(row.id), "The global id.");
    endpoint.column("url", |row| row.url.clone(), "Where deliveries are posted, by https.");
    endpoint.column("description", |row| row.description.clone(), "What you call it.");
    endpoint.column(
        "types",
        types,
        "The types whose changes it is told; null for all that its client may read.",
    );
    endpoint.column(
        "excludeOrigin",
        |row| row.exclude_origin,
        "Whether it is not told what its own client changed, so that two systems in step do not \
         echo.",
    );
    declare_state(endpoint);
    endpoint.has_many::<WebhookDelivery>(
        "deliveries",
        webhook_delivery::Column::EndpointId,
        |row| row.id.into(),
        "What it was told and is to be told, the oldest first; finished ones are kept for 30 days.",
    );
    tracked!(endpoint);
}

fn declare_state(endpoint: &mut Declaration<WebhookEndpoint>) {
    endpoint.column(
        "clientId",
        |row| ID(typeid::encode(row.client_id)),
        "The client that set it up last: it is told what this client may read.",
    );
    endpoint.column(
        "state",
        |row| WebhookEndpointState::from(row.state),
        "Whether it is told of changes.",
    );
    endpoint.column(
        "disabledReason",
        |row| row.disabled_reason.map(WebhookDisabledReason::from),
        "Why it is not; null while it is ACTIVE.",
    );
    endpoint.column(
        "failingSince",
        |row| row.failing_since,
        "Since when every attempt has failed; null when the last one succeeded.",
    );
    endpoint.column(
        "secretRotatedAt",
        |row| row.secret_rotated_at,
        "When it got its present secret.",
    );
    endpoint.column(
        "cursor",
        |row| ChangeCursor(row.cursor.clone()),
        "The place in the log of changes up to which it was told, or is about to be.",
    );
}

/// What is stored is a list of prefixes.
fn types(row: &webhook_endpoint::Model) -> Option<Vec<EntityType>> {
    let names: Vec<String> = serde_json::from_str(row.types.as_deref()?).ok()?;
    Some(names.iter().map(|name| EntityType::of(name)).collect())
}
