//! Deliveries.

use async_graphql::{Enum, ID};
use entity::{
    id::{WebhookDeliveryId, WebhookEndpointId},
    webhook_delivery,
};

use super::WebhookEndpoint;
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    leaf_enums, object, order, tracked,
};

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "webhook_delivery::DeliveryState")]
pub enum WebhookDeliveryState {
    /// To be tried, for the first time or again.
    Pending,
    /// The receiver answered 2xx.
    Delivered,
    /// Given up after ten attempts over three days; `webhookRedeliver` tries it anew.
    Dead,
}

/// Why an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "webhook_delivery::DeliveryError")]
pub enum WebhookDeliveryError {
    /// The address is not on the public internet, or leads to one that is not.
    RefusedAddress,
    /// The name has no address, nobody answers there, or its certificate is not valid.
    Unreachable,
    /// There was no answer within 15 seconds.
    Timeout,
    /// The connection broke before there was an answer.
    Broken,
    /// The answer was a redirect, which is never followed: give the address where it leads.
    Redirect,
    /// The answer was neither a success nor a redirect; `lastStatus` tells which.
    Status,
}

leaf_enums!(WebhookDeliveryState, WebhookDeliveryError);
enum_filter!(pub WebhookDeliveryStateFilter of WebhookDeliveryState as webhook_delivery::DeliveryState);

filter! {
    pub WebhookDeliveryWhere on webhook_delivery::Entity as webhook_delivery::Column {
        /// The global id, which the receiver knows as `webhook-id`.
        id: IdFilter => Id of WebhookDeliveryId,
        /// The endpoint.
        endpoint: IdFilter => EndpointId of WebhookEndpointId,
        /// How far it has come.
        state: WebhookDeliveryStateFilter => State,
        /// The global id of the object that it tells of.
        entity_id: StringFilter => EntityId,
        /// When it was made.
        created_at: DateTimeFilter => CreatedAt,
    }
}

order! {
    pub WebhookDeliveryOrder, WebhookDeliveryOrderField on webhook_delivery::Entity as webhook_delivery::Column {
        /// By the time at which it was made.
        CreatedAt,
    }
}

object! {
    /// One message to one endpoint, however often it is tried. Its global id is sent as
    /// `webhook-id` and stays the same.
    pub WebhookDelivery(webhook_delivery::Entity) is WebhookDeliveryId, needs Scope::WebhooksManage, by WebhookDeliveryWhere, WebhookDeliveryOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let delivery = graph.node::<WebhookDelivery>();
    delivery.column("id", |row| Key(row.id), "The global id, sent as `webhook-id`.");
    delivery
        .column(
            "type",
            |row| row.event.clone(),
            "What it tells: the first part of the object's global id and what happened, as \
             `student.updated`; `endpoint.ping` for a test, `changes.gap` when the log no longer \
             goes back to where the endpoint stopped.",
        )
        .reads([webhook_delivery::Column::Event]);
    delivery.column(
        "entityId",
        |row| ID(row.entity_id.clone()),
        "The global id of the object that it tells of.",
    );
    delivery.column("body", |row| row.body.clone(), "What is posted, as JSON.");
    declare_attempts(delivery);
    delivery.belongs_to::<WebhookEndpoint>(
        "endpoint",
        |row| Some(row.endpoint_id.into()),
        "The endpoint.",
    );
    tracked!(delivery);
}

fn declare_attempts(delivery: &mut Declaration<WebhookDelivery>) {
    delivery.column("state", |row| WebhookDeliveryState::from(row.state), "How far it has come.");
    delivery.column(
        "attempts",
        |row| row.attempts,
        "How often it was tried since it was made, sent again, or its endpoint enabled.",
    );
    delivery.column(
        "nextAttemptAt",
        |row| row.next_attempt_at,
        "While it is PENDING: not tried before. It also waits for earlier deliveries of the same \
         object.",
    );
    delivery.column("lastStatus", |row| row.last_status, "The HTTP status of the last answer.");
    delivery.column(
        "lastError",
        |row| row.last_error.map(WebhookDeliveryError::from),
        "Why the last attempt failed; null when it did not.",
    );
    delivery.column(
        "lastLatencyMs",
        |row| row.last_latency_ms,
        "How long the last attempt took, in milliseconds.",
    );
    delivery.column(
        "lastAnswer",
        |row| row.last_answer.clone(),
        "The beginning of the last answer, at most 2 KiB.",
    );
    delivery.column("finishedAt", |row| row.finished_at, "When it was delivered or given up.");
}
