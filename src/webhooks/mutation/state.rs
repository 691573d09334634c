//! Stopping endpoints and letting them go on.

use async_graphql::{Context, ID, Object};

use super::{at_endpoint, which};
use crate::{
    auth::Scope,
    changes::types::ChangeCursor,
    error::Result,
    graphql::{input::actors, scalars::Long, scope::scope},
    payload,
    webhooks::{
        service::{delivery, endpoint as service},
        types::WebhookEndpoint,
    },
};

payload! {
    /// The endpoint, now told of changes again.
    WebhookEndpointEnablePayload { webhook_endpoint: WebhookEndpoint }
    /// The endpoint, now told nothing.
    WebhookEndpointDisablePayload { webhook_endpoint: WebhookEndpoint }
    /// The endpoint, back at the cursor.
    WebhookReplayPayload { webhook_endpoint: WebhookEndpoint }
}

/// Mutations that move endpoints through their states, and back in the log.
#[derive(Debug, Default)]
pub struct EndpointStateMutation;

#[Object]
impl EndpointStateMutation {
    /// Lets a DISABLED endpoint go on where it stopped: what waits is tried at once, and what
    /// changed meanwhile follows.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_endpoint_enable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<WebhookEndpointEnablePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which("id", &id, expected_version)?;
        WebhookEndpointEnablePayload::of(service::enable(app, caller, which).await)
    }

    /// Stops an ACTIVE endpoint. It keeps its place in the log and loses nothing, as long as it is
    /// enabled again before the log forgets that place.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_endpoint_disable(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<WebhookEndpointDisablePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which("id", &id, expected_version)?;
        WebhookEndpointDisablePayload::of(service::disable(app, caller, which).await)
    }

    /// Sends an endpoint everything anew that has changed since a place in the log, under new
    /// `webhook-id`s. Deliveries that are already waiting are kept.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_replay(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] endpoint_id: ID,
        #[graphql(desc = "The place: a cursor of a delivery, a change, or `changeCursorNow`.")]
        from_cursor: ChangeCursor,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<WebhookReplayPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which("endpointId", &endpoint_id, expected_version)?;
        let row = delivery::replay(app, caller, which, &from_cursor.0).await;
        WebhookReplayPayload::of(at_endpoint(row))
    }
}
