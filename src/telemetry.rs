//! What an operator sees of the running process: a log of events, counters, and traces.
//!
//! Each request has one span; everything that happens on its behalf is logged inside it, under the
//! id that the client was told. What is written names clients, routes and operations, and never a
//! token, a variable or anything about a person.

pub mod field;
pub mod metrics;
pub mod traces;

use std::io::{self, IsTerminal};

use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, filter_fn},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

/// What is logged unless the operator asks for something else: all that we say, and the warnings
/// of libraries.
pub const USUAL_FILTER: &str = "pathbridge=info,warn";

/// Why nothing can be logged.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not in the language of `RUST_LOG`.
    #[error("RUST_LOG is `{filter}`: directives are expected, as {USUAL_FILTER}")]
    Filter {
        /// What was given.
        filter: String,
    },
    /// The address of the collector is none.
    #[error(
        "OTEL_EXPORTER_OTLP_ENDPOINT is `{endpoint}`: an address is expected, as http://127.0.0.1:4318"
    )]
    Collector {
        /// What was given.
        endpoint: String,
    },
    /// Somebody else in this process does the logging already.
    #[error("this process has a log already")]
    Taken,
}

/// What has to be kept for as long as the process does anything worth telling.
#[must_use = "spans that have not been sent are sent when it is dropped"]
pub struct Telemetry {
    _traces: Option<traces::Traces>,
}

/// Begins to log on the standard error stream: in lines for a person at a terminal, as JSON for a
/// collector everywhere else. Traces go to `collector`, when there is one.
pub fn start(filter: Option<&str>, collector: Option<&str>) -> Result<Telemetry, TelemetryError> {
    let filter = filter.unwrap_or(USUAL_FILTER);
    let parsed = EnvFilter::try_new(filter)
        .map_err(|_| TelemetryError::Filter { filter: filter.to_owned() })?;
    let log = if io::stderr().is_terminal() {
        fmt::layer().with_writer(io::stderr).boxed()
    } else {
        // The span's fields say what the event's would repeat; the spans above it do not exist.
        let json = fmt::layer().json().flatten_event(true).with_span_list(false);
        json.with_writer(io::stderr).boxed()
    };
    let log = log.with_filter(parsed.and(filter_fn(|metadata| !traces::is_ours(metadata))));
    let traces = collector.map(traces::Traces::to).transpose()?;
    let spans = traces.as_ref().map(traces::Traces::layer);
    let subscriber = tracing_subscriber::registry().with(log).with(spans);
    subscriber.try_init().map_err(|_| TelemetryError::Taken)?;
    Ok(Telemetry { _traces: traces })
}

#[cfg(test)]
mod tests {
    use super::{TelemetryError, start};

    #[test]
    fn a_filter_that_is_none_is_refused_by_its_name() {
        let refused = start(Some("pathbridge=loud"), None).err().unwrap();
        assert!(matches!(refused, TelemetryError::Filter { .. }));
        assert!(refused.to_string().starts_with("RUST_LOG is `pathbridge=loud`: "));
    }

    #[test]
    fn a_collector_without_an_address_is_refused_by_its_name() {
        let refused = start(None, Some("nowhere at all")).err().unwrap();
        assert!(matches!(refused, TelemetryError::Collector { .. }));
        assert!(
            refused.to_string().starts_with("OTEL_EXPORTER_OTLP_ENDPOINT is `nowhere at all`: ")
        );
    }
}
