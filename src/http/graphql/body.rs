//! Reads a body: no further than it may be long, no longer than it may take.

use std::time::Duration;

use axum::{
    extract::Request,
    http::{StatusCode, header},
};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::failure::Failure;
use crate::error::Code;

/// The longest body of a client with a token.
pub(in crate::http) const MOST_BYTES: usize = 1024 * 1024;

/// The longest body that is read before there is a token.
pub(in crate::http) const STRANGERS_BYTES: usize = 1024;

/// The whole body.
pub(in crate::http) async fn read(
    request: Request,
    most: usize,
    deadline: Duration,
) -> Result<Bytes, Failure> {
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(too_large(most));
    }
    let body = Limited::new(request.into_body(), most).collect();
    let Ok(read) = tokio::time::timeout(deadline, body).await else {
        let message = "the body did not arrive in time";
        return Err(Failure::new(StatusCode::REQUEST_TIMEOUT, Code::Timeout, message));
    };
    match read {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large(most)),
        Err(_) => {
            let message = "the body broke off";
            Err(Failure::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message))
        }
    }
}

fn too_large(most: usize) -> Failure {
    let message = format!("the body is larger than {most} bytes");
    Failure::new(StatusCode::PAYLOAD_TOO_LARGE, Code::DocumentSizeExceeded, message)
}
