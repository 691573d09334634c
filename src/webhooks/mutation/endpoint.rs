//! Setting endpoints up, changing and deleting them.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{which, with_secret};
use crate::{
    auth::Scope,
    changes::types::EntityType,
    error::Result,
    graphql::{
        input::{actors, patched},
        object::One,
        payload::{UserError, settle},
        scalars::Long,
        scope::{cost, scope},
    },
    payload,
    webhooks::{
        service::{EndpointDraft, endpoint as service},
        types::WebhookEndpoint,
    },
};

/// A new endpoint.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointCreateInput {
    /// Where to post: on the public internet, by https, on port 443 or 8443.
    url: String,
    /// What you call it.
    description: Option<String>,
    /// The types whose changes it is told; all that you may read when absent.
    types: Option<Vec<EntityType>>,
    /// Whether it is not told what your own client changes.
    exclude_origin: Option<bool>,
}

/// How an endpoint should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct WebhookEndpointUpdateInput {
    /// Where to post: on the public internet, by https, on port 443 or 8443.
    url: Option<String>,
    /// What you call it.
    description: MaybeUndefined<String>,
    /// The types whose changes it is told; null for all that you may read.
    types: MaybeUndefined<Vec<EntityType>>,
    /// Whether it is not told what your own client changes.
    exclude_origin: Option<bool>,
}

/// The new endpoint and its secret.
#[derive(Debug, SimpleObject)]
pub struct WebhookEndpointCreatePayload {
    /// The endpoint; null when it was refused.
    webhook_endpoint: Option<One<WebhookEndpoint>>,
    /// The secret that signs its deliveries, as `whsec_…`: shown now and never again, also not when
    /// the mutation is sent again under its idempotency key; then rotate it.
    secret: Option<String>,
    /// Why it was refused, all reasons at once; when there is any, nothing was written.
    #[graphql(directive = cost::apply(0))]
    user_errors: Vec<UserError>,
}

payload! {
    /// The endpoint after the update.
    WebhookEndpointUpdatePayload { webhook_endpoint: WebhookEndpoint }
    /// The endpoint as it was; its version is that of its end.
    WebhookEndpointDeletePayload { webhook_endpoint: WebhookEndpoint }
}

impl From<WebhookEndpointCreateInput> for EndpointDraft {
    fn from(input: WebhookEndpointCreateInput) -> Self {
        Self {
            url: Some(input.url),
            description: Some(input.description),
            types: Some(input.types.map(prefixes)),
            exclude_origin: input.exclude_origin,
        }
    }
}

impl From<WebhookEndpointUpdateInput> for EndpointDraft {
    fn from(input: WebhookEndpointUpdateInput) -> Self {
        Self {
            url: input.url,
            description: patched(input.description, Into::into),
            types: patched(input.types, prefixes),
            exclude_origin: input.exclude_origin,
        }
    }
}

fn prefixes(types: Vec<EntityType>) -> Vec<&'static str> {
    let mut prefixes: Vec<_> =
        types.into_iter().filter_map(EntityType::kind).map(|kind| kind.prefix).collect();
    prefixes.sort_unstable();
    prefixes.dedup();
    prefixes
}

/// Mutations that write endpoints.
#[derive(Debug, Default)]
pub struct EndpointMutation;

#[Object]
impl EndpointMutation {
    /// Sets up an address that is told of changes from now on. Keep the secret of the answer: it is
    /// shown only once. Then try the endpoint with `webhookEndpointPing`.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_endpoint_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it should be.")] input: WebhookEndpointCreateInput,
    ) -> Result<WebhookEndpointCreatePayload> {
        let (app, caller) = actors(ctx)?;
        let (row, secret) = with_secret(service::create(app, caller, &input.into()).await);
        let (webhook_endpoint, user_errors) = settle(row)?;
        Ok(WebhookEndpointCreatePayload { webhook_endpoint, secret, user_errors })
    }

    /// Changes an endpoint. What waits to be delivered goes to the new address; from now on the
    /// endpoint is told what your client may read.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_endpoint_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")] input: WebhookEndpointUpdateInput,
    ) -> Result<WebhookEndpointUpdatePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which("id", &id, expected_version)?;
        let draft = input.into();
        WebhookEndpointUpdatePayload::of(service::update(app, caller, which, &draft).await)
    }

    /// Deletes an endpoint with its secrets and all its deliveries, also those that wait. To stop it
    /// for a while, use `webhookEndpointDisable`.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_endpoint_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<WebhookEndpointDeletePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which("id", &id, expected_version)?;
        WebhookEndpointDeletePayload::of(service::delete(app, caller, which).await)
    }
}
