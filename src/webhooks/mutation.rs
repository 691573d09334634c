//! What can be done with webhooks.

mod delivery;
mod endpoint;
mod secret;
mod state;

use async_graphql::{ID, MergedObject};
use entity::webhook_endpoint;

use crate::{
    error::{Error, Problem, ProblemCode, Result},
    graphql::{input::id_of, scalars::Long},
    webhooks::{service::endpoint::Which, sign::Secret},
};

/// The slice's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct WebhooksMutation(
    endpoint::EndpointMutation,
    state::EndpointStateMutation,
    secret::SecretMutation,
    delivery::DeliveryMutation,
);

fn which(path: &str, id: &ID, expected_version: Option<Long>) -> Result<Which> {
    let expected_version = expected_version.map(|version| version.0);
    Ok(Which { id: id_of(path, id)?, expected_version })
}

/// An endpoint and a secret that was drawn for it.
type Made = (webhook_endpoint::Model, Secret);

/// The endpoint for the payload, and the secret to be shown this once.
fn with_secret(made: Result<Made>) -> (Result<webhook_endpoint::Model>, Option<String>) {
    match made {
        Ok((row, secret)) => (Ok(row), Some(secret.reveal())),
        Err(error) => (Err(error), None),
    }
}

/// What is said of an endpoint that is not there, where the argument is called `endpointId`.
fn at_endpoint<T>(result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::NotFound(_) => {
            Problem::field(ProblemCode::NotFound, "endpointId", error.to_string()).into()
        }
        error => error,
    })
}
