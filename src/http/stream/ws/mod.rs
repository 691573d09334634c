//! `/graphql/ws`: graphql-transport-ws, to the letter of its close codes.

mod close;
mod message;
mod session;

use std::sync::Arc;

use axum::{
    Extension,
    extract::{
        State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    response::{IntoResponse, Response},
};
use tracing::Instrument;

use self::session::Session;
use super::Streams;
use crate::{
    error::Code,
    graphql::RequestId,
    http::graphql::{Failure, MOST_BYTES, Media},
};

/// The name of the protocol.
const PROTOCOL: &str = "graphql-transport-ws";

/// Makes a socket of a request on `/graphql/ws`.
pub(in crate::http) async fn serve(
    State(streams): State<Streams>,
    id: Option<Extension<RequestId>>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let id = id.map_or_else(|| RequestId(Arc::from("-")), |Extension(id)| id);
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(rejection) => {
            let message = "this address speaks WebSocket, with the protocol graphql-transport-ws";
            let status = rejection.into_response().status();
            let failure = Failure::new(status, Code::BadUserInput, message);
            let public_url = streams.gateway.public_url();
            return failure.into_response(Media::GraphqlResponse, public_url, &id);
        }
    };
    let is_agreed = upgrade.requested_protocols().any(|name| name == PROTOCOL);
    let lifetime = streams.gateway.app().lifetime.clone();
    let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(MOST_BYTES);
    upgrade.on_upgrade(move |socket| async move {
        let session = Session::new(streams, id, socket).run(is_agreed);
        // The end of the process waits for the session, and the session for nobody.
        let _ = lifetime.spawn(session.in_current_span()).await;
    })
}
