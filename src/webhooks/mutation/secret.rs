//! Replacing secrets.

use async_graphql::{Context, ID, Object, SimpleObject};

use super::{Made, at_endpoint, which, with_secret};
use crate::{
    app::App,
    auth::{Caller, Scope},
    error::Result,
    graphql::{
        input::actors,
        object::One,
        payload::{UserError, settle},
        scalars::Long,
        scope::{cost, scope},
    },
    webhooks::{
        rules,
        service::{endpoint::Which, secret as service},
        types::WebhookEndpoint,
    },
};

/// The endpoint and its new secret.
#[derive(Debug, SimpleObject)]
pub struct WebhookSecretRotatePayload {
    /// The endpoint; null when it was refused.
    webhook_endpoint: Option<One<WebhookEndpoint>>,
    /// The new secret, as `whsec_…`: shown now and never again, also not when the mutation is sent
    /// again under its idempotency key.
    secret: Option<String>,
    /// Why it was refused, all reasons at once; when there is any, nothing was written.
    #[graphql(directive = cost::apply(0))]
    user_errors: Vec<UserError>,
}

/// Mutations of secrets.
#[derive(Debug, Default)]
pub struct SecretMutation;

#[Object]
impl SecretMutation {
    /// Replaces the secret of an endpoint. For some hours deliveries carry two signatures, by the
    /// new secret and by the old one, so that you can change it without losing any.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_secret_rotate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] endpoint_id: ID,
        #[graphql(
            desc = "For how many hours the old secret signs too, 0 to 168; with 0 it is gone at once.",
            default = 24
        )]
        overlap_hours: i32,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<WebhookSecretRotatePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which("endpointId", &endpoint_id, expected_version)?;
        let made = at_endpoint(rotate(app, caller, which, overlap_hours).await);
        let (row, secret) = with_secret(made);
        let (webhook_endpoint, user_errors) = settle(row)?;
        Ok(WebhookSecretRotatePayload { webhook_endpoint, secret, user_errors })
    }
}

async fn rotate(app: &App, caller: &Caller, which: Which, hours: i32) -> Result<Made> {
    service::rotate(app, caller, which, rules::overlap(hours)?).await
}
