//! Who is behind a stream, now and as long as it goes on.

use std::{sync::Arc, time::Duration};

use entity::id::ApiClientId;
use tokio::time::sleep;
use tracing::Span;

use crate::{
    auth::Caller,
    error::{Code, Error, Result},
    graphql::RequestId,
    http::graphql::Gateway,
    telemetry::field,
    typeid,
};

/// How often a stream asks whether its token is still good.
pub(super) const CHECK: Duration = Duration::from_secs(1);

/// A client that has shown its token, and that is asked for it again and again.
pub(super) struct Identity {
    gateway: Gateway,
    token: String,
    /// The client.
    pub(super) client: ApiClientId,
    /// The request that opened the stream.
    pub(super) id: RequestId,
}

impl Identity {
    /// The client behind a token.
    pub(super) async fn prove(gateway: &Gateway, token: &str, id: &RequestId) -> Result<Self> {
        let client = gateway.caller(token, id).await?.client;
        Span::current().record(field::CLIENT, typeid::encode(client));
        Ok(Self { gateway: gateway.clone(), token: token.to_owned(), client, id: id.clone() })
    }

    /// The caller of this moment: what it may see depends on the day.
    pub(super) async fn caller(&self) -> Result<Caller> {
        self.gateway.caller(&self.token, &self.id).await
    }

    /// Why the token is no longer good. That it could not be found out is no reason to go.
    pub(super) async fn check(&self) -> Result<()> {
        match self.caller().await {
            Err(error) if is_of_token(&error) => Err(error),
            _ => Ok(()),
        }
    }

    /// Completes when the token is no longer good.
    pub(super) async fn ended(self: Arc<Self>) -> Error {
        loop {
            sleep(CHECK).await;
            if let Err(error) = self.check().await {
                return error;
            }
        }
    }
}

/// Whether the token is to blame.
pub(super) fn is_of_token(error: &Error) -> bool {
    matches!(error.code(), Code::TokenExpired | Code::Unauthenticated)
}
