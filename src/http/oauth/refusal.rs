//! Errors as RFC 6749 §5.2 writes them.

use std::borrow::Cow;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::error::Error;

/// Why a request of a client was refused.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    error: &'static str,
    description: Cow<'static, str>,
    retry_after: Option<u64>,
}

type Words = Cow<'static, str>;

impl Refusal {
    fn new(status: StatusCode, error: &'static str, description: impl Into<Words>) -> Self {
        Self { status, error, description: description.into(), retry_after: None }
    }

    pub fn invalid_request(description: impl Into<Words>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", description)
    }

    pub fn too_large() -> Self {
        let description = "the body is longer than 16 KiB";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "invalid_request", description)
    }

    pub fn invalid_client(description: impl Into<Words>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "invalid_client", description)
    }

    pub fn invalid_grant(description: impl Into<Words>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_grant", description)
    }

    pub fn invalid_scope(description: impl Into<Words>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_scope", description)
    }

    pub fn unsupported_grant_type() -> Self {
        let description = "grant_type must be client_credentials";
        Self::new(StatusCode::BAD_REQUEST, "unsupported_grant_type", description)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Unauthenticated(why) => Self::invalid_client(why),
            Error::Limited { retry_after_ms } => {
                let description = "too many failed attempts of this client; try again later";
                let status = StatusCode::TOO_MANY_REQUESTS;
                let retry_after = Some(retry_after_ms.div_ceil(1000));
                Self { retry_after, ..Self::new(status, "temporarily_unavailable", description) }
            }
            other => {
                if let Error::Internal(cause) = &other {
                    tracing::error!(%cause, "internal error");
                }
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Self::new(status, "server_error", "internal error; the log holds its cause")
            }
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        // The characters that RFC 6749 leaves to a description; it may quote what the client sent.
        let allowed = |c: &char| matches!(c, ' ' | '!' | '#'..='[' | ']'..='~');
        let description: String = self.description.chars().filter(allowed).take(300).collect();
        let body = Json(json!({ "error": self.error, "error_description": description }));
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge =
                HeaderValue::from_static(r#"Basic realm="pathbridge", charset="UTF-8""#);
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
