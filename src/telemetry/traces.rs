//! Spans for a collector of traces, in the words of OpenTelemetry's conventions.
//!
//! Each request is a span of the server, under the span of the caller when a `traceparent` names
//! one, and each GraphQL operation a span below it. They carry methods, routes, statuses and the
//! operation's name and type; never a document, a variable or anything about a person. The log has
//! spans of its own, under the names of [`field`](super::field), and these do not reach it.

use opentelemetry::{
    propagation::{Extractor, TextMapPropagator},
    trace::TracerProvider,
};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::{Resource, propagation::TraceContextPropagator, trace::SdkTracerProvider};
use tracing::{Metadata, Span, Subscriber, field::Empty};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};

use super::TelemetryError;

/// The target of these spans, by which log and traces are kept apart.
const TARGET: &str = "traces";

/// The headers by which a caller says which of its spans a request belongs to.
pub const PARENT: [&str; 2] = ["traceparent", "tracestate"];

/// Sends spans to a collector until it is dropped, and what is left of them then.
pub(super) struct Traces(SdkTracerProvider);

impl Traces {
    /// Begins to send to the collector at this address, by OTLP over HTTP.
    pub(super) fn to(endpoint: &str) -> Result<Self, TelemetryError> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .build();
        let exporter =
            exporter.map_err(|_| TelemetryError::Collector { endpoint: endpoint.to_owned() })?;
        let resource = Resource::builder().with_service_name(env!("CARGO_PKG_NAME")).build();
        let provider = SdkTracerProvider::builder();
        Ok(Self(provider.with_batch_exporter(exporter).with_resource(resource).build()))
    }

    /// What takes the spans.
    pub(super) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'s> LookupSpan<'s>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer(env!("CARGO_PKG_NAME")))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false)
            .with_filter(filter_fn(is_ours))
    }
}

impl Drop for Traces {
    fn drop(&mut self) {
        if let Err(error) = self.0.shutdown() {
            tracing::warn!(%error, "the last spans did not reach their collector");
        }
    }
}

/// Whether a span is one of these.
pub(super) fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.target() == TARGET
}

/// The span of one request, under that of its caller; `header` gives the caller's [`PARENT`].
#[must_use]
pub fn request<'h>(method: &str, route: &str, header: impl Fn(&str) -> Option<&'h str>) -> Span {
    let span = tracing::info_span!(
        target: TARGET,
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = Empty,
    );
    let parent = PARENT.map(|name| header(name).unwrap_or_default());
    if !span.is_disabled() && !parent[0].is_empty() {
        let context = TraceContextPropagator::new().extract(&Parent(parent));
        // It fails where nobody takes spans, and then there is none to have a parent.
        let _ = span.set_parent(context);
    }
    span
}

/// Tells the span of a request how it was answered.
pub fn answered(span: &Span, status: u16) {
    span.record("http.response.status_code", status);
    if status >= 500 {
        span.record("otel.status_code", "ERROR");
    }
}

/// The span of one GraphQL operation of this type, as `query`.
#[must_use]
pub fn operation(kind: &str, name: Option<&str>) -> Span {
    tracing::info_span!(
        target: TARGET,
        "operation",
        otel.name = name.map_or_else(|| kind.to_owned(), |name| format!("{kind} {name}")),
        graphql.operation.type = kind,
        graphql.operation.name = name,
    )
}

/// The headers of [`PARENT`], as a propagator reads them.
struct Parent<'h>([&'h str; 2]);

impl Extractor for Parent<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        let at = PARENT.iter().position(|name| *name == key)?;
        Some(self.0[at]).filter(|value| !value.is_empty())
    }

    fn keys(&self) -> Vec<&str> {
        PARENT.to_vec()
    }
}
