//! The answer to an operation that ran, and the bytes of any answer.

use async_graphql::ServerError;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::Value as Json;

use super::{failure::Failure, negotiate::Media};
use crate::{
    error::{Code, Error, Presented, Result, present},
    graphql::{Executed, Refusal, RequestId},
    telemetry::metrics::Outcome,
};

/// Room for what stands around the data.
const FRAME_BYTES: usize = 128;

/// What an operation brought.
#[derive(Debug)]
pub(in crate::http) struct Answer {
    executed: Executed,
    cost: Option<u64>,
    replays: Vec<Json>,
}

impl Answer {
    /// The answer of the executor, with the price of the question, and what of it was done before.
    pub(in crate::http) fn executed(executed: Executed, cost: u64, replays: Vec<Json>) -> Self {
        Self { executed, cost: Some(cost), replays }
    }

    /// The answer to an event of a subscription: it was paid for when the stream began.
    pub(in crate::http) fn event(executed: Executed) -> Self {
        Self { executed, cost: None, replays: Vec::new() }
    }

    /// The answer to `{ __typename }`.
    pub(in crate::http) fn probe(type_name: &str) -> Self {
        let data = serde_json::json!({ "__typename": type_name }).to_string().into_bytes();
        Self::event(Executed { data: Some(data), errors: Vec::new() })
    }

    /// How the operation ended, for the metrics.
    pub(in crate::http) fn outcome(&self) -> Outcome {
        let errors = &self.executed.errors;
        let is_ours = |error: &ServerError| {
            error.source::<Error>().map_or(error.source.is_some(), |error| {
                matches!(error.code(), Code::Internal | Code::Timeout | Code::Unavailable)
            })
        };
        if errors.is_empty() {
            Outcome::Ok
        } else if self.executed.has_data() {
            Outcome::Partial
        } else if errors.iter().any(is_ours) {
            Outcome::Failed
        } else {
            Outcome::Refused
        }
    }

    /// The answer on the wire, with every error made fit for a client.
    pub(in crate::http) fn into_response(
        self,
        media: Media,
        public_url: &str,
        id: &RequestId,
    ) -> Response {
        let Self { executed, cost, replays } = self;
        let Executed { data, mut errors } = executed;
        let Some(data) = data else {
            let refusal = Refusal::new(Code::GraphqlValidationFailed, errors);
            return Failure::from(refusal).into_response(media, public_url, id);
        };
        let context = Presented { request_id: &id.0, public_url, refused: Code::BadUserInput };
        present(&mut errors, context);
        let wire = Wire { errors: &errors, data: Some(&data), cost, replays: &replays };
        render(media, StatusCode::OK, &wire)
    }

    /// The answer as a stream carries it, with every error made fit for a client.
    pub(in crate::http) fn into_json(self, public_url: &str, id: &RequestId) -> Result<String> {
        let Self { executed: Executed { data, mut errors }, cost, replays } = self;
        let refused =
            if data.is_some() { Code::BadUserInput } else { Code::GraphqlValidationFailed };
        present(&mut errors, Presented { request_id: &id.0, public_url, refused });
        Wire { errors: &errors, data: data.as_deref(), cost, replays: &replays }.to_text()
    }
}

/// The members of an answer.
pub(in crate::http) struct Wire<'a> {
    errors: &'a [ServerError],
    /// There exactly when the operation ran.
    data: Option<&'a [u8]>,
    cost: Option<u64>,
    replays: &'a [Json],
}

impl<'a> Wire<'a> {
    /// The answer to what was not run.
    pub(in crate::http) fn refused(errors: &'a [ServerError]) -> Self {
        Self { errors, data: None, cost: None, replays: &[] }
    }

    /// The answer as text.
    pub(in crate::http) fn to_text(&self) -> Result<String> {
        String::from_utf8(self.to_json()?).map_err(Error::internal)
    }

    /// Errors come first, as the specification advises: a reader of a long answer meets them.
    fn to_json(&self) -> Result<Vec<u8>> {
        let mut out = Vec::with_capacity(self.data.map_or(0, <[u8]>::len) + FRAME_BYTES);
        let mut member = |name: &str, value: &[u8]| {
            out.extend(if out.is_empty() { b"{\"" } else { b",\"" });
            out.extend(name.as_bytes());
            out.extend(b"\":");
            out.extend(value);
        };
        if !self.errors.is_empty() {
            member("errors", &serde_json::to_vec(self.errors).map_err(Error::internal)?);
        }
        if let Some(data) = self.data {
            member("data", data);
        }
        if let Some(cost) = self.cost {
            let replays = if self.replays.is_empty() {
                String::new()
            } else {
                format!(",\"idempotency\":{}", Json::from(self.replays))
            };
            let extensions = format!("{{\"cost\":{{\"requestedQueryCost\":{cost}}}{replays}}}");
            member("extensions", extensions.as_bytes());
        }
        out.push(b'}');
        Ok(out)
    }
}

/// Writes an answer.
pub(in crate::http) fn render(media: Media, status: StatusCode, wire: &Wire<'_>) -> Response {
    let (status, bytes) = match wire.to_json() {
        Ok(bytes) => (status, bytes),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            (StatusCode::INTERNAL_SERVER_ERROR, Vec::new())
        }
    };
    let mut answer = Response::new(Body::from(bytes));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Authorization"));
    answer
}
