//! `/graphql/stream`: graphql-sse, one connection for each operation.
//!
//! The `id` of an event is its cursor, so a client that comes back with `Last-Event-ID`, as
//! browsers do by themselves, goes on where it was, whatever `after` says.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream;
use tracing::Instrument;

use super::{
    HEARTBEAT, Streams,
    begin::{Asked, Begun, begin, carry},
    identity::Identity,
    outlet::{Inlet, Outgoing, Outlet, channel},
};
use crate::{
    graphql::RequestId,
    http::graphql::{Failure, Gateway, Media, Way, accepts_events, check_content, read_token},
    telemetry::metrics::Transport,
};

const LAST_EVENT: &str = "last-event-id";
/// The word by which a proxy is told to pass on each event at once.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Answers one request on `/graphql/stream`.
pub(in crate::http) async fn serve(State(streams): State<Streams>, request: Request) -> Response {
    let id = request.extensions().get().cloned().unwrap_or_else(|| RequestId(Arc::from("-")));
    match open(&streams, request, &id).await {
        Ok(response) => response,
        Err(failure) => {
            failure.into_response(Media::GraphqlResponse, streams.gateway.public_url(), &id)
        }
    }
}

async fn open(streams: &Streams, request: Request, id: &RequestId) -> Result<Response, Failure> {
    let way = match *request.method() {
        Method::GET => Way::EventsByGet,
        Method::POST => Way::Stream,
        _ => return Err(Failure::method("GET, POST")),
    };
    if !accepts_events(request.headers()) {
        return Err(Failure::not_a_stream());
    }
    if way == Way::Stream {
        check_content(request.headers())?;
    }
    let gateway = &streams.gateway;
    let token = read_token(request.headers())?.ok_or_else(Failure::no_token)?;
    let identity = Arc::new(Identity::prove(gateway, token, id).await?);
    let last = last_event(request.headers());
    let parameters = gateway.parameters(request).await?;
    let asked = Asked { parameters, way, transport: Transport::Sse, last };
    let begun = match begin(streams, &identity, asked).await {
        Err(failure) if failure.is_throttled() => return Err(failure),
        begun => begun,
    };
    let (outlet, inlet) = channel();
    let work = work(begun, Arc::clone(&identity), outlet).in_current_span();
    gateway.app().lifetime.spawn(work);
    Ok(response(gateway.clone(), id.clone(), inlet))
}

/// The cursor of the last event that the client has.
fn last_event(headers: &HeaderMap) -> Option<String> {
    let last = headers.get(LAST_EVENT)?.to_str().ok()?;
    (!last.is_empty()).then(|| last.to_owned())
}

/// Sends what there is to send, and the end of the token.
async fn work(begun: Result<Begun, Failure>, identity: Arc<Identity>, outlet: Outlet) {
    // Whoever has gone needs no farewell.
    let _ = tokio::select! {
        sent = carry(begun, &outlet) => sent,
        error = identity.ended() => outlet.send(Outgoing::Ended(error)).await,
    };
}

fn response(gateway: Gateway, id: RequestId, inlet: Inlet) -> Response {
    let events = stream::unfold((inlet, Vec::new()), move |(mut inlet, mut left)| {
        let (gateway, id) = (gateway.clone(), id.clone());
        async move {
            if left.is_empty() {
                let (_, outgoing) = inlet.recv().await?;
                left = written(outgoing, &gateway, &id);
            }
            let event = left.remove(0);
            Some((Ok::<_, Infallible>(event), (inlet, left)))
        }
    });
    let alive = KeepAlive::new().interval(HEARTBEAT);
    let mut response = Sse::new(events).keep_alive(alive).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(UNBUFFERED, HeaderValue::from_static("no"));
    response
}

/// The events on the wire: at least one.
fn written(outgoing: Outgoing, gateway: &Gateway, id: &RequestId) -> Vec<Event> {
    let complete = || Event::default().event("complete").data("");
    let next = |body: &str| Event::default().event("next").data(body);
    let failed =
        |failure: Failure| vec![next(&failure.into_json(gateway.public_url(), id)), complete()];
    match outgoing {
        Outgoing::Next { body, cursor: Some(cursor) } => vec![next(&body).id(cursor)],
        Outgoing::Next { body, cursor: None } => vec![next(&body)],
        Outgoing::Complete => vec![complete()],
        Outgoing::Error(failure) => failed(failure),
        Outgoing::Ended(error) => failed(error.into()),
    }
}
