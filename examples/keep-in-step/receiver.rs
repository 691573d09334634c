//! Where Pathbridge knocks.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use standardwebhooks::Webhook;
use tokio::{net::TcpListener, sync::Notify, time::timeout};

/// The receiver; its clones are the same one.
#[derive(Clone, Default)]
pub struct Receiver {
    secret: Arc<RwLock<Option<String>>>,
    bell: Arc<Notify>,
}

impl Receiver {
    /// Serves until the program ends.
    pub async fn listen(self, listener: TcpListener) {
        let routes = Router::new().route("/", post(knock)).with_state(self);
        if let Err(failure) = axum::serve(listener, routes).await {
            println!("nobody can knock: {failure}");
        }
    }

    /// Knocks count that are signed with this secret.
    pub fn trust(&self, secret: Option<String>) {
        *self.secret.write().unwrap_or_else(PoisonError::into_inner) = secret;
    }

    /// Waits for a knock; one that came meanwhile counts.
    pub async fn knocked_within(&self, patience: Duration) {
        // Nobody knocked: then it is time to look all the same.
        let _ = timeout(patience, self.bell.notified()).await;
    }

    fn is_genuine(&self, body: &[u8], headers: &HeaderMap) -> bool {
        let secret = self.secret.read().unwrap_or_else(PoisonError::into_inner);
        let webhook = secret.as_deref().and_then(|secret| Webhook::new(secret).ok());
        webhook.is_some_and(|webhook| webhook.verify(body, headers).is_ok())
    }
}

async fn knock(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> StatusCode {
    if !receiver.is_genuine(&body, &headers) {
        return StatusCode::UNAUTHORIZED;
    }
    receiver.bell.notify_one();
    StatusCode::NO_CONTENT
}
