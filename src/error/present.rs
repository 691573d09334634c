//! From what failed to what a client reads.

use std::sync::Arc;

use async_graphql::{ErrorExtensionValues, ServerError, Value};

use super::{Code, Error};

/// An answer holds at most this many errors; the last one says how many were left out.
const MOST_ERRORS: usize = 50;

/// How a client gets in step again whose cursor is too old.
const RESYNC: &str =
    "take changeCursorNow, read every list from its first page, then go on with that cursor";

/// What the presenter needs to know about the request.
#[derive(Debug, Clone, Copy)]
pub struct Presented<'a> {
    /// The id under which the log holds the causes.
    pub request_id: &'a str,
    /// The address of this server, for links to the documentation.
    pub public_url: &'a str,
    /// The code of an error that no resolver raised: a document that was refused.
    pub refused: Code,
}

/// Makes every error of an answer fit for a client.
pub fn present(errors: &mut Vec<ServerError>, context: Presented<'_>) {
    let total = errors.len();
    errors.truncate(MOST_ERRORS);
    for error in errors.iter_mut() {
        present_server_error(error, context);
    }
    if total > MOST_ERRORS {
        let left_out = format!("{} more errors were left out", total - MOST_ERRORS);
        let mut last = ServerError::new(left_out, None);
        last.extensions = Some(extensions(context.refused, context));
        errors.push(last);
    }
}

/// The presentable form of one of our own errors.
#[must_use]
pub fn present_one(error: Error, context: Presented<'_>) -> ServerError {
    let mut shown = ServerError::new(error.to_string(), None);
    shown.source = Some(Arc::new(error));
    present_server_error(&mut shown, context);
    shown
}

/// What the executor says of a value that does not fit, without its own frame of types around it.
#[must_use]
pub fn plain_words(message: &str) -> &str {
    let inner = message.strip_prefix("Failed to parse \"").and_then(|rest| rest.split_once("\": "));
    let words = inner.map_or(message, |(_, words)| words);
    words.split_once(" (occurred while parsing").map_or(words, |(words, _)| words)
}

fn present_server_error(error: &mut ServerError, context: Presented<'_>) {
    let Some(source) = error.source.take() else {
        // No resolver raised it: the executor refused the document, in its own harmless words.
        error.message = plain_words(&error.message).to_owned();
        let kept = error.extensions.take();
        error.extensions = Some(extensions(context.refused, context));
        if let (Some(shown), Some(kept)) = (&mut error.extensions, kept) {
            for name in ["code", "requestedCost", "maximum"] {
                if let Some(value) = kept.get(name) {
                    shown.set(name, value.clone());
                }
            }
        }
        return;
    };
    match source.downcast_ref::<Error>() {
        Some(ours) => present_ours(error, ours, context),
        None => hide(error, "an error of a library reached the door", context),
    }
}

fn present_ours(shown: &mut ServerError, ours: &Error, context: Presented<'_>) {
    if let Error::Shared(error) = ours {
        return present_ours(shown, error, context);
    }
    if let Error::Internal(cause) = ours {
        return hide(shown, &cause.to_string(), context);
    }
    shown.message = ours.to_string();
    let mut values = extensions(ours.code(), context);
    match ours {
        Error::Forbidden { scope } => values.set("requiredScope", scope.name()),
        Error::Limited { retry_after_ms } => values.set("retryAfterMs", *retry_after_ms),
        Error::CursorExpired { oldest } => {
            values.set("oldestCursor", oldest.as_str());
            values.set("resync", RESYNC);
        }
        Error::Invalid(problems) => {
            let lines = problems.iter().map(|problem| Value::from(problem.message.clone()));
            values.set("problems", Value::List(lines.collect()));
        }
        _ => {}
    }
    shown.extensions = Some(values);
}

fn hide(shown: &mut ServerError, cause: &str, context: Presented<'_>) {
    tracing::error!(request_id = context.request_id, cause, "internal error");
    shown.message = format!("internal error; the log holds its cause as {}", context.request_id);
    shown.extensions = Some(extensions(Code::Internal, context));
}

fn extensions(code: Code, context: Presented<'_>) -> ErrorExtensionValues {
    let mut values = ErrorExtensionValues::default();
    values.set("code", code.name());
    values.set("requestId", context.request_id);
    values.set("docUrl", format!("{}/docs/errors/{}", context.public_url, code.name()));
    values.set("retryable", code.is_retryable());
    values
}
