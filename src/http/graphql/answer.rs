//! The answer to an operation that ran, and the bytes of any answer.

use std::collections::BTreeMap;

use async_graphql::{ServerError, Value, value};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde::Serialize;

use super::{failure::Failure, negotiate::Media};
use crate::{
    error::{Code, Error, Presented, present},
    graphql::{Refusal, RequestId},
    telemetry::metrics::Outcome,
};

/// Room for a small answer, so that most are written without moving.
const USUAL_BYTES: usize = 4096;

/// What an operation brought.
#[derive(Debug)]
pub(super) struct Answer(async_graphql::Response);

impl Answer {
    /// The answer of the executor, with the price of the question.
    pub(super) fn executed(response: async_graphql::Response, cost: u64) -> Self {
        let cost = value!({ "requestedQueryCost": cost });
        Self(response.extension("cost", cost))
    }

    /// The answer to `{ __typename }`.
    pub(super) fn probe(type_name: &str) -> Self {
        Self(async_graphql::Response::new(value!({ "__typename": type_name })))
    }

    /// How the operation ended, for the metrics.
    pub(super) fn outcome(&self) -> Outcome {
        let response = &self.0;
        let is_ours = |error: &ServerError| {
            error.source::<Error>().map_or(error.source.is_some(), |error| {
                matches!(error.code(), Code::Internal | Code::Timeout | Code::Unavailable)
            })
        };
        if response.errors.is_empty() {
            Outcome::Ok
        } else if response.data != Value::Null {
            Outcome::Partial
        } else if response.errors.iter().any(is_ours) {
            Outcome::Failed
        } else {
            Outcome::Refused
        }
    }

    /// The answer on the wire, with every error made fit for a client.
    pub(super) fn into_response(
        mut self,
        media: Media,
        public_url: &str,
        id: &RequestId,
    ) -> Response {
        if was_not_run(&self.0) {
            let refusal = Refusal::new(Code::GraphqlValidationFailed, self.0.errors);
            return Failure::from(refusal).into_response(media, public_url, id);
        }
        let context = Presented { request_id: &id.0, public_url, refused: Code::BadUserInput };
        present(&mut self.0, context);
        render(media, StatusCode::OK, &self.0, true)
    }
}

/// Whether the executor refused the request. Every error of a field has a path, and without an
/// error there is data.
fn was_not_run(response: &async_graphql::Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

#[derive(Serialize)]
struct Wire<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

/// Writes an answer; `data` is there exactly when the operation ran.
pub(super) fn render(
    media: Media,
    status: StatusCode,
    response: &async_graphql::Response,
    was_run: bool,
) -> Response {
    let wire = Wire {
        errors: &response.errors,
        data: was_run.then_some(&response.data),
        extensions: &response.extensions,
    };
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    let status = match serde_json::to_writer(&mut bytes, &wire) {
        Ok(()) => status,
        Err(cause) => {
            tracing::error!(error = %Error::internal(cause), "an answer could not be written");
            bytes.clear();
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    let mut answer = Response::new(Body::from(bytes));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Authorization"));
    answer
}
