//! A request that was not run, and how its answer looks.

use async_graphql::ServerError;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};

use super::{
    answer::{self, Wire},
    bearer,
    negotiate::Media,
};
use crate::{
    error::{Code, Error, Presented, present},
    graphql::{Refusal, RequestId},
    telemetry::metrics::Outcome,
};

/// How long a client waits before it tries again, where nothing better is known.
const RETRY_AFTER_MS: u64 = 1000;

/// Why there is no data.
#[derive(Debug)]
pub(in crate::http) struct Failure {
    status: Option<StatusCode>,
    refusal: Refusal,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Failure {
    /// A failure whose status does not depend on the media type.
    pub(in crate::http) fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        let refusal = Refusal::from(Error::argument(code, message));
        Self { status: Some(status), refusal, headers: Vec::new() }
    }

    /// The method is not one of these.
    pub(in crate::http) fn method(allowed: &'static str) -> Self {
        let message = format!("this request can be made by {allowed}");
        let mut failure =
            Self::new(StatusCode::METHOD_NOT_ALLOWED, Code::OperationResolutionFailure, message);
        failure.headers.push((header::ALLOW, HeaderValue::from_static(allowed)));
        failure
    }

    /// The client takes nothing that we can make.
    pub(in crate::http) fn not_acceptable() -> Self {
        let message = "answers are application/graphql-response+json or application/json";
        Self::new(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, message)
    }

    /// The client takes no stream of events.
    pub(in crate::http) fn not_a_stream() -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, Code::BadUserInput, "answers are text/event-stream")
    }

    /// The request names nobody.
    pub(in crate::http) fn no_token() -> Self {
        let message = "an access token is needed; ask /oauth/token for one";
        let mut failure = Self::from(Refusal::from(Error::Unauthenticated(message)));
        failure.headers = vec![(header::WWW_AUTHENTICATE, bearer::challenge())];
        failure
    }

    /// The same with a header of its own.
    #[must_use]
    pub(in crate::http) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Whose fault it is, for the metrics.
    pub(in crate::http) fn outcome(&self) -> Outcome {
        match self.refusal.code {
            Code::Internal | Code::Timeout | Code::Unavailable => Outcome::Failed,
            _ => Outcome::Refused,
        }
    }

    /// Whether the client has too much of something already.
    pub(in crate::http) fn is_throttled(&self) -> bool {
        self.refusal.code == Code::Throttled
    }

    fn present(&mut self, public_url: &str, id: &RequestId) {
        let refused = self.refusal.code;
        present(&mut self.refusal.errors, Presented { request_id: &id.0, public_url, refused });
    }

    /// The errors as JSON, made fit for a client.
    pub(in crate::http) fn errors_json(mut self, public_url: &str, id: &RequestId) -> String {
        self.present(public_url, id);
        serde_json::to_string(&self.refusal.errors).unwrap_or_else(|error| {
            tracing::error!(%error, "errors could not be written");
            "[]".to_owned()
        })
    }

    /// An answer that holds nothing but the errors.
    pub(in crate::http) fn into_json(self, public_url: &str, id: &RequestId) -> String {
        format!(r#"{{"errors":{}}}"#, self.errors_json(public_url, id))
    }

    /// The answer, with every error made fit for a client.
    pub(in crate::http) fn into_response(
        mut self,
        media: Media,
        public_url: &str,
        id: &RequestId,
    ) -> Response {
        let status = self.status.unwrap_or_else(|| status(self.refusal.code, media));
        self.present(public_url, id);
        let mut response = answer::render(media, status, &Wire::refused(&self.refusal.errors));
        response.headers_mut().extend(self.headers);
        response
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let headers = headers(refusal.code, &refusal.errors);
        Self { status: None, refusal, headers }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Refusal::from(error).into()
    }
}

fn status(code: Code, media: Media) -> StatusCode {
    match (code, media) {
        (Code::Unauthenticated | Code::TokenExpired, _) => StatusCode::UNAUTHORIZED,
        (Code::Forbidden, _) => StatusCode::FORBIDDEN,
        (Code::Throttled, _) => StatusCode::TOO_MANY_REQUESTS,
        (Code::Timeout, _) => StatusCode::GATEWAY_TIMEOUT,
        (Code::Unavailable, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Code::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
        (_, Media::GraphqlResponse) => StatusCode::BAD_REQUEST,
        (_, Media::Json) => StatusCode::OK,
    }
}

fn headers(code: Code, errors: &[ServerError]) -> Vec<(HeaderName, HeaderValue)> {
    match code {
        Code::Unauthenticated | Code::TokenExpired => {
            let why = errors.first().map(|error| error.message.as_str()).unwrap_or_default();
            let challenge = bearer::challenge_with("invalid_token", "error_description", why);
            vec![(header::WWW_AUTHENTICATE, challenge)]
        }
        Code::Forbidden => {
            let scopes = errors.iter().filter_map(|error| match error.source::<Error>() {
                Some(Error::Forbidden { scope }) => Some(scope.name()),
                _ => None,
            });
            let scopes = scopes.collect::<Vec<_>>().join(" ");
            let challenge = bearer::challenge_with("insufficient_scope", "scope", &scopes);
            vec![(header::WWW_AUTHENTICATE, challenge)]
        }
        Code::Throttled | Code::Unavailable => {
            let given = errors.iter().find_map(|error| match error.source::<Error>() {
                Some(Error::Limited { retry_after_ms }) => Some(*retry_after_ms),
                _ => None,
            });
            vec![(header::RETRY_AFTER, retry_after(given.unwrap_or(RETRY_AFTER_MS)))]
        }
        _ => Vec::new(),
    }
}

/// Whole seconds, never too few, and at least one.
fn retry_after(milliseconds: u64) -> HeaderValue {
    HeaderValue::from(milliseconds.div_ceil(1000).max(1))
}

#[cfg(test)]
mod tests {
    use axum::http::{StatusCode, header};

    use super::Failure;
    use crate::{
        error::{Code, Error},
        graphql::RequestId,
        http::graphql::negotiate::Media,
    };

    fn answer(error: Error, media: Media) -> (StatusCode, Option<String>) {
        let id = RequestId("r".into());
        let response = Failure::from(error).into_response(media, "http://test", &id);
        let retry = response.headers().get(header::RETRY_AFTER);
        let retry = retry.map(|value| value.to_str().unwrap().to_owned());
        (response.status(), retry)
    }

    #[test]
    fn the_status_tells_both_kinds_of_clients_what_concerns_the_server() {
        for media in [Media::GraphqlResponse, Media::Json] {
            let limited = Error::Limited { retry_after_ms: 1001 };
            let (status, retry) = answer(limited, media);
            assert_eq!((status, retry.as_deref()), (StatusCode::TOO_MANY_REQUESTS, Some("2")));
            let draining = Error::argument(Code::Unavailable, "shutting down");
            let (status, retry) = answer(draining, media);
            assert_eq!((status, retry.as_deref()), (StatusCode::SERVICE_UNAVAILABLE, Some("1")));
            let timeout = answer(Error::Timeout(10), media);
            assert_eq!(timeout, (StatusCode::GATEWAY_TIMEOUT, None));
            let internal = answer(Error::internal("secret"), media);
            assert_eq!(internal, (StatusCode::INTERNAL_SERVER_ERROR, None));
        }
    }
}
