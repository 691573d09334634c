//! What is kept of every request: a span in the log, a count and a time in the metrics.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use tracing::{Instrument, Span, field::Empty};

use crate::telemetry::{field, metrics, traces};

/// Routes that machines ask every few seconds: their answers are no news.
const PROBES: [&str; 3] = ["/livez", "/readyz", "/metrics"];

/// Watches a request from outside all else, so that a panic has its answer by then.
///
/// What only the inside knows is written into the span there: the id, the client, the operation.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let since = Instant::now();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or(field::NONE, MatchedPath::as_str);
    let method = known(request.method());
    let headers = request.headers();
    let trace = traces::request(method, route, |name| headers.get(name)?.to_str().ok());
    let span = trace.in_scope(|| span(method, route));
    let answer = next.run(request).instrument(span.clone()).instrument(trace.clone()).await;
    let (took, status) = (since.elapsed(), answer.status().as_u16());
    traces::answered(&trace, status);
    metrics::request(route, method, status, took);
    span.record(field::STATUS, status);
    span.record(field::MS, took.as_secs_f64() * 1000.0);
    span.in_scope(|| {
        if PROBES.contains(&route) {
            tracing::debug!("answered");
        } else {
            tracing::info!("answered");
        }
    });
    answer
}

fn span(method: &str, route: &str) -> Span {
    tracing::info_span!(
        "request",
        { field::REQUEST_ID } = Empty,
        { field::METHOD } = method,
        { field::ROUTE } = route,
        { field::OPERATION } = Empty,
        { field::CLIENT } = Empty,
        { field::STATUS } = Empty,
        { field::MS } = Empty,
    )
}

/// Anybody can invent a method, and must not make a time series by it.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}
