//! Attending one endpoint: its changes become deliveries, and those that are due are posted, a few
//! at a time, until there is nothing left to do.

use std::sync::Arc;

use entity::{id::WebhookEndpointId, webhook_delivery, webhook_endpoint::DisabledReason};
use tokio::task::JoinSet;

use super::post::{Letter, Post};
use crate::{
    app::App,
    changes,
    error::{Error, Result},
    telemetry::metrics,
    typeid,
    webhooks::{
        service::{
            claim,
            endpoint::stop,
            fan_out::fan_out,
            outcome::{Outcome, settle},
            secret,
        },
        sign::{Secret, signatures},
    },
};

/// Attempts that one endpoint has to bear at once.
const ABREAST: usize = 16;

/// Attends an endpoint; tells how many attempts were made.
pub async fn attend(app: &App, post: &Post, id: WebhookEndpointId) -> Result<u64> {
    // Each is a task of its own: one that is written down goes on while others are claimed.
    let mut flying = JoinSet::new();
    let mut heads = changes::tap(app);
    let mut attempts = 0;
    loop {
        if !app.lifetime.is_stopping() && flying.len() <= ABREAST / 2 {
            let batch = next(app, id, ABREAST - flying.len()).await?;
            for flight in batch {
                flying.spawn(fly(app.clone(), post.clone(), flight));
            }
        }
        tokio::select! {
            done = flying.join_next() => match done {
                Some(done) => attempts += u64::from(done.map_err(Error::internal)??),
                None => return Ok(attempts),
            },
            // An attempt may take long; what comes meanwhile does not wait for it.
            Ok(()) = heads.changed(), if !flying.is_empty() => {}
        }
    }
}

/// A delivery on its way.
struct Flight {
    delivery: webhook_delivery::Model,
    url: Arc<str>,
    secrets: Arc<[Secret]>,
}

/// Makes deliveries of what is new, and claims those that are due.
async fn next(app: &App, id: WebhookEndpointId, most: usize) -> Result<Vec<Flight>> {
    let endpoint = loop {
        let Some(endpoint) = claim::endpoint(app, id).await? else { return Ok(Vec::new()) };
        if !fan_out(app, &endpoint).await? {
            break endpoint;
        }
    };
    let deliveries = claim::claim(app, id, most).await?;
    if deliveries.is_empty() {
        return Ok(Vec::new());
    }
    let Some(secrets) = secret::signing(app, id).await? else {
        stop(app, id, DisabledReason::SecretLost).await?;
        return Ok(Vec::new());
    };
    let (url, secrets): (Arc<str>, Arc<[Secret]>) = (endpoint.url.into(), secrets.into());
    let flight = |delivery| Flight { delivery, url: url.clone(), secrets: secrets.clone() };
    Ok(deliveries.into_iter().map(flight).collect())
}

/// Makes one attempt and writes down what came of it; whether it counted.
async fn fly(app: App, post: Post, flight: Flight) -> Result<bool> {
    let Flight { delivery, url, secrets } = flight;
    let id = typeid::encode(delivery.id);
    let timestamp = app.clock.now().timestamp();
    let signature = signatures(&secrets, &id, timestamp, &delivery.body);
    let letter = Letter { url: &url, id: &id, timestamp, signature, body: &delivery.body };
    let attempt = post.send(app.clock.now(), letter).await;
    let outcome = settle(&app, &delivery, &attempt).await?;
    metrics::webhook(outcome_label(outcome));
    tracing::debug!(
        delivery = %id,
        status = attempt.status,
        error = ?attempt.error,
        ?outcome,
        "a webhook was tried"
    );
    Ok(outcome != Outcome::Lost)
}

const fn outcome_label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "delivered",
        Outcome::Postponed => "postponed",
        Outcome::Dead => "dead",
        Outcome::Lost => "lost",
    }
}
