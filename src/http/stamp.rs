//! What every answer carries, whatever route gave it: the id of its request, and the word that
//! nobody may keep it. A route that panics answers too.

use std::{any::Any, fmt::Write, panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;

use crate::{
    app::App,
    clock::Clock,
    error::{Code, Error, Presented, present_one},
    graphql::RequestId,
    telemetry::field,
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_ID: usize = 64;

/// Gives the request an id, and the answer its headers.
pub(super) async fn stamp(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = given(request.headers()).unwrap_or_else(|| fresh(&app.clock));
    tracing::Span::current().record(field::REQUEST_ID, &*id);
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let mut answer = answer.unwrap_or_else(|panic| panicked(panic.as_ref(), &app, &id));
    let headers = answer.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// The caller's own id, if it can stand in a header and a log without harm.
fn given(headers: &HeaderMap) -> Option<Arc<str>> {
    let id = headers.get(REQUEST_ID)?.to_str().ok()?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=LONGEST_ID).contains(&id.len()).then_some(())?;
    id.bytes().all(is_plain).then(|| Arc::from(id))
}

fn fresh(clock: &Clock) -> Arc<str> {
    let mut bytes = [0; 16];
    clock.fill(&mut bytes);
    let hex = bytes.iter().fold(String::with_capacity(32), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Arc::from(hex)
}

fn panicked(panic: &(dyn Any + Send), app: &App, id: &str) -> Response {
    let words = panic.downcast_ref::<&str>().copied();
    let words = words.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let cause = format!("a handler panicked: {}", words.unwrap_or("it did not say why"));
    let public_url = &app.config.public_url;
    let context = Presented { request_id: id, public_url, refused: Code::Internal };
    let shown = present_one(Error::internal(cause), context);
    let body = serde_json::json!({ "errors": [shown] });
    (StatusCode::INTERNAL_SERVER_ERROR, Json(body)).into_response()
}
