//! What an operator sees of the running process: a log of events, and counters.
//!
//! Each request has one span; everything that happens on its behalf is logged inside it, under the
//! id that the client was told. What is written names clients, routes and operations, and never a
//! token, a variable or anything about a person.

pub mod field;
pub mod metrics;

use std::io::{self, IsTerminal};

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

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
    /// Somebody else in this process does the logging already.
    #[error("this process has a log already")]
    Taken,
}

/// Begins to log on the standard error stream: in lines for a person at a terminal, as JSON for a
/// collector everywhere else.
pub fn start(filter: Option<&str>) -> Result<(), TelemetryError> {
    let filter = filter.unwrap_or(USUAL_FILTER);
    let parsed = EnvFilter::try_new(filter)
        .map_err(|_| TelemetryError::Filter { filter: filter.to_owned() })?;
    let person = io::stderr().is_terminal();
    let lines = person.then(|| fmt::layer().with_writer(io::stderr));
    let json = (!person).then(|| {
        // The span's fields say what the event's would repeat; the spans above it do not exist.
        fmt::layer().json().flatten_event(true).with_span_list(false).with_writer(io::stderr)
    });
    let subscriber = tracing_subscriber::registry().with(parsed).with(lines).with(json);
    subscriber.try_init().map_err(|_| TelemetryError::Taken)
}

#[cfg(test)]
mod tests {
    use super::{TelemetryError, start};

    #[test]
    fn a_filter_that_is_none_is_refused_by_its_name() {
        let refused = start(Some("pathbridge=loud")).unwrap_err();
        assert!(matches!(refused, TelemetryError::Filter { .. }));
        assert!(refused.to_string().starts_with("RUST_LOG is `pathbridge=loud`: "));
    }
}
