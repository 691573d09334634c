//! Testing endpoints and sending deliveries again.

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{id::WebhookDeliveryId, webhook_delivery};

use super::{at_endpoint, which};
use crate::{
    app::App,
    auth::{Caller, Scope},
    error::{Error, Problem, ProblemCode, Result},
    graphql::{
        input::{Reading, actors},
        object::Many,
        payload::UserError,
        scope::{cost, scope},
    },
    payload,
    webhooks::{
        service::delivery::{self as service, MOST_AT_ONCE},
        types::WebhookDelivery,
    },
};

payload! {
    /// The test message, on its way: look it up by its id to see what came of it.
    WebhookEndpointPingPayload { webhook_delivery: WebhookDelivery }
}

/// The deliveries that are sent again.
#[derive(Debug, SimpleObject)]
pub struct WebhookRedeliverPayload {
    /// The deliveries, in the order of the ids; null when any was refused.
    webhook_deliveries: Option<Many<WebhookDelivery>>,
    /// Why they were refused, all reasons at once; when there is any, nothing was written.
    #[graphql(directive = cost::apply(0))]
    user_errors: Vec<UserError>,
}

/// Mutations that make deliveries, or make them anew.
#[derive(Debug, Default)]
pub struct DeliveryMutation;

#[Object]
impl DeliveryMutation {
    /// Sends a test message of the type `endpoint.ping` to an ACTIVE endpoint.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_endpoint_ping(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which endpoint.")] endpoint_id: ID,
    ) -> Result<WebhookEndpointPingPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which("endpointId", &endpoint_id, None)?;
        WebhookEndpointPingPayload::of(at_endpoint(service::ping(app, caller, which).await))
    }

    /// Sends deliveries again, dead and delivered ones too, under the `webhook-id` that they had;
    /// those that wait are tried at once.
    #[graphql(directive = scope::apply(Scope::WebhooksManage.name().to_owned()))]
    async fn webhook_redeliver(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which deliveries, at most 100.")] ids: Vec<ID>,
    ) -> Result<WebhookRedeliverPayload> {
        let (app, caller) = actors(ctx)?;
        let (webhook_deliveries, user_errors) = match redeliver(app, caller, &ids).await {
            Ok(rows) => (Some(Many(rows)), Vec::new()),
            Err(Error::Invalid(problems)) => (None, problems.into_iter().map(Into::into).collect()),
            Err(error) => return Err(error),
        };
        Ok(WebhookRedeliverPayload { webhook_deliveries, user_errors })
    }
}

async fn redeliver(app: &App, caller: &Caller, ids: &[ID]) -> Result<Vec<webhook_delivery::Model>> {
    if ids.is_empty() || ids.len() > MOST_AT_ONCE {
        let message = format!("1 to {MOST_AT_ONCE} deliveries are sent again by one call");
        return Err(Problem::field(ProblemCode::OutOfRange, "ids", message).into());
    }
    let mut reading = Reading::default();
    let read = reading.ids::<WebhookDeliveryId>("ids", Some(ids)).unwrap_or_default();
    let ids = reading.finish(read).map_err(Error::Invalid)?;
    service::redeliver(app, caller, &ids).await
}
