//! Counters of the process, in the text form of Prometheus.
//!
//! A label takes one of a few values that we know beforehand: a client can never make a new time
//! series, so no route, operation name or id of its choosing becomes one.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

const HTTP_REQUESTS: &str = "http_requests_total";
const HTTP_DURATION: &str = "http_request_duration_seconds";
const GRAPHQL_OPERATIONS: &str = "graphql_operations_total";
const DB_STATEMENTS: &str = "db_statements_total";
const CHANGE_HEAD: &str = "change_log_head";
const OUTBOX_AGE: &str = "outbox_age_seconds";
const WEBHOOK_ATTEMPTS: &str = "webhook_attempts_total";
const WEBHOOK_AGE: &str = "webhook_oldest_pending_seconds";
const STREAMS: &str = "graphql_streams_open";
const STREAM_EVENTS: &str = "graphql_stream_events_total";
const UPTIME: &str = "process_uptime_seconds";

/// Upper ends of the histogram's buckets, from a cached answer to the deadline.
const BUCKETS: [f64; 13] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// How often what was measured is folded together when nobody asks for it.
pub const UPKEEP: Duration = Duration::from_secs(5);

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Not known: the request was refused before its document was understood.
    Unknown,
    /// A query.
    Query,
    /// A mutation.
    Mutation,
    /// A subscription: counted when it begins.
    Subscription,
}

/// What carries a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Server-Sent Events.
    Sse,
    /// A WebSocket.
    Ws,
}

impl Transport {
    /// Its name in labels and in the log.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sse => "sse",
            Self::Ws => "ws",
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Data and no errors.
    Ok,
    /// Data with errors beside it.
    Partial,
    /// The client asked for something that it cannot have.
    Refused,
    /// A fault of ours, or not done in time.
    Failed,
}

impl Kind {
    const fn label(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Query => "query",
            Self::Mutation => "mutation",
            Self::Subscription => "subscription",
        }
    }
}

impl Outcome {
    const fn label(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Partial => "partial",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }
}

/// The counters of this process and when they began.
struct Recorder {
    handle: PrometheusHandle,
    since: Instant,
}

/// Begins to count, once for the process however many servers run in it.
pub fn start() {
    recorder();
}

/// One HTTP request was answered.
pub fn request(route: &str, method: &'static str, status: u16, took: Duration) {
    let labels = [
        ("route", route.to_owned()),
        ("method", method.to_owned()),
        ("status", status.to_string()),
    ];
    counter!(HTTP_REQUESTS, &labels).increment(1);
    let [route, method, _] = labels;
    metrics::histogram!(HTTP_DURATION, &[route, method]).record(took.as_secs_f64());
}

/// One GraphQL operation came to its end.
pub fn operation(kind: Kind, outcome: Outcome) {
    counter!(GRAPHQL_OPERATIONS, "kind" => kind.label(), "outcome" => outcome.label()).increment(1);
}

/// One statement was sent to the database.
pub fn statement() {
    counter!(DB_STATEMENTS).increment(1);
}

/// The log of changes has this many, and the oldest without a number has waited so long.
pub fn changes(head: i64, oldest: Duration) {
    #[expect(clippy::cast_precision_loss, reason = "no log has 2^52 changes")]
    gauge!(CHANGE_HEAD).set(head as f64);
    gauge!(OUTBOX_AGE).set(oldest.as_secs_f64());
}

/// One attempt to deliver a webhook came to this end.
pub fn webhook(outcome: &'static str) {
    counter!(WEBHOOK_ATTEMPTS, "outcome" => outcome).increment(1);
}

/// The oldest webhook that is still to be delivered has waited so long.
pub fn webhooks_waiting(oldest: Duration) {
    gauge!(WEBHOOK_AGE).set(oldest.as_secs_f64());
}

/// A stream began.
pub fn stream_opened(transport: Transport) {
    gauge!(STREAMS, "transport" => transport.label()).increment(1.0);
}

/// A stream came to its end.
pub fn stream_closed(transport: Transport) {
    gauge!(STREAMS, "transport" => transport.label()).decrement(1.0);
}

/// A stream sent an event.
pub fn event_sent(transport: Transport) {
    counter!(STREAM_EVENTS, "transport" => transport.label()).increment(1);
}

/// Everything that was counted so far, as Prometheus reads it.
#[must_use]
pub fn render() -> String {
    let recorder = recorder();
    gauge!(UPTIME).set(recorder.since.elapsed().as_secs_f64());
    recorder.handle.render()
}

/// Folds single measurements into their buckets, for ever: without it, a server that nobody
/// scrapes would keep them all.
pub async fn keep_up() {
    let mut turns = tokio::time::interval(UPKEEP);
    loop {
        turns.tick().await;
        recorder().handle.run_upkeep();
    }
}

fn recorder() -> &'static Recorder {
    static RECORDER: OnceLock<Recorder> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let duration = Matcher::Full(HTTP_DURATION.to_owned());
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(duration, &BUCKETS)
            // Only an empty list of buckets is refused; then quantiles take their place.
            .unwrap_or_else(|_| PrometheusBuilder::new())
            .build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another recorder takes the metrics of this process");
        }
        describe();
        Recorder { handle, since: Instant::now() }
    })
}

fn describe() {
    describe_counter!(HTTP_REQUESTS, "HTTP requests that were answered");
    describe_histogram!(HTTP_DURATION, Unit::Seconds, "Time from a request to its answer");
    describe_counter!(GRAPHQL_OPERATIONS, "GraphQL operations by how they ended");
    describe_counter!(DB_STATEMENTS, "Statements that were sent to the database");
    describe_gauge!(CHANGE_HEAD, "Number of the last change in the log");
    describe_gauge!(OUTBOX_AGE, Unit::Seconds, "Age of the oldest change without a number");
    describe_counter!(WEBHOOK_ATTEMPTS, "Attempts to deliver webhooks by how they ended");
    describe_gauge!(WEBHOOK_AGE, Unit::Seconds, "Age of the oldest webhook to be delivered");
    describe_gauge!(STREAMS, "Subscriptions that are open");
    describe_counter!(STREAM_EVENTS, "Events that subscriptions have sent");
    describe_gauge!(UPTIME, Unit::Seconds, "Time since the process began to count");
}
