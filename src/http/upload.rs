//! The files of imports on their way in.
//!
//! | request to `/bulk/uploads/{id}` | answer |
//! |---|---|
//! | `PUT` of the whole file | 200 once its checksum is right |
//! | `PUT` of a piece, with `Content-Range` | 202 with how far the file is; 200 with the last one |
//! | `GET`, `HEAD` | how far the file is |
//! | a piece that leaves a hole | 416 |
//! | bytes that the range does not announce, or too few | 400 |
//! | a size that differs from the job's, a wrong checksum | 422; the file can be sent again |
//! | a job that ended without its file | 409 |
//! | no job of this very client | 404 |
//! | a body that is compressed | 415 |
//! | a body that stands still | 408 |
//!
//! How far the file is stands in `Upload-Offset`, the place of the next byte, and once there is any,
//! in `Range: bytes=0-<last>`. A piece may come again, and may overlap what is there. What has
//! arrived of a request that breaks off is kept.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use bytes::{Bytes, BytesMut};
use entity::{id::JobId, job::JobState};
use http_body_util::BodyExt;
use sea_orm::ActiveEnum;
use serde_json::json;
use tracing::Span;

use super::graphql::{Failure, Gateway, Media, read_token};
use crate::{
    auth::Caller,
    bulk::{
        file::PIECE,
        rules::{Piece, piece},
        service::upload::{self, Added, Upload},
    },
    error::{Code, Error},
    graphql::RequestId,
    telemetry::field,
    typeid,
};

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// How long the next bytes of a body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers one request for an upload.
pub(super) async fn serve(
    State(gateway): State<Gateway>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let request_id = request.extensions().get().cloned();
    let request_id = request_id.unwrap_or_else(|| RequestId(Arc::from("-")));
    let answer = answer(&gateway, &id, request, &request_id).await;
    answer.unwrap_or_else(|failure| {
        failure.into_response(Media::Json, gateway.public_url(), &request_id)
    })
}

async fn answer(
    gateway: &Gateway,
    id: &str,
    request: Request,
    request_id: &RequestId,
) -> Result<Response, Failure> {
    let is_put = match *request.method() {
        Method::GET | Method::HEAD => false,
        Method::PUT => true,
        _ => return Err(Failure::method("PUT, GET, HEAD")),
    };
    let token = read_token(request.headers())?.ok_or_else(Failure::no_token)?;
    let caller = gateway.caller(token, request_id).await?;
    Span::current().record(field::CLIENT, typeid::encode(caller.client));
    let id: JobId = typeid::decode(id).ok_or_else(not_found)?;
    let upload = match upload::find(gateway.app(), &caller, id).await {
        Err(Error::NotFound(_)) => return Err(not_found()),
        found => found?,
    };
    if is_put { put(gateway, &caller, upload, request).await } else { Ok(standing(&upload)) }
}

async fn put(
    gateway: &Gateway,
    caller: &Caller,
    mut upload: Upload,
    request: Request,
) -> Result<Response, Failure> {
    let piece = announced(request.headers(), &upload)?;
    if !upload.is_open() {
        return closed(&upload);
    }
    if piece.start > upload.has {
        return Err(hole(&upload));
    }
    let (app, id) = (gateway.app(), upload.job.id);
    if let Added::Closed = receive(gateway, &mut upload, piece, request.into_body()).await? {
        return closed(&upload::find(app, caller, id).await?);
    }
    if upload.has < upload.import.size {
        return Ok(standing(&upload));
    }
    if upload::check(app, caller, &upload).await? {
        return Ok(standing(&upload::find(app, caller, id).await?));
    }
    let message = "the SHA-256 of the file is not the one that was announced; the file was \
                   discarded: send it again from its first byte";
    Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, Code::BadUserInput, message)
        .with(OFFSET, HeaderValue::from_static("0")))
}

/// Which bytes the request says it brings.
fn announced(headers: &HeaderMap, upload: &Upload) -> Result<Piece, Failure> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        let message = "the file is sent as it is, without Content-Encoding";
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Failure::new(status, Code::BadUserInput, message));
    }
    let size = upload.import.size;
    let length = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length = length.and_then(|length| length.parse::<u64>().ok());
    let Some(range) = headers.get(header::CONTENT_RANGE) else {
        if length.is_some_and(|length| length != size) {
            let message = format!("the file was announced with {size} bytes, not with this many");
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Failure::new(status, Code::BadUserInput, message));
        }
        return Ok(Piece { start: 0, end: size });
    };
    let range = range.to_str().unwrap_or_default();
    let read = piece(range, size)
        .map_err(|expected| Failure::new(StatusCode::BAD_REQUEST, Code::BadUserInput, expected))?;
    // `bytes */<size>` brings nothing, wherever the file stands.
    let is_question = range.starts_with("bytes */");
    if is_question {
        return Ok(Piece { start: upload.has, end: upload.has });
    }
    if length.is_some_and(|length| length != read.end - read.start) {
        return Err(uneven());
    }
    Ok(read)
}

/// Takes the bytes as they come and writes them down piece by piece.
async fn receive(
    gateway: &Gateway,
    upload: &mut Upload,
    piece: Piece,
    mut body: Body,
) -> Result<Added, Failure> {
    let mut buffer = BytesMut::with_capacity(PIECE);
    let mut at = piece.start;
    loop {
        let bytes = next(&mut body).await?;
        let arrived = at + buffer.len() as u64;
        let is_over = bytes.is_none();
        let bytes = bytes.unwrap_or_default();
        if arrived + bytes.len() as u64 > piece.end {
            return Err(uneven());
        }
        buffer.extend_from_slice(&bytes);
        if buffer.len() < PIECE && !is_over {
            continue;
        }
        match upload::add(gateway.app(), upload, at, &buffer).await? {
            Added::Closed => return Ok(Added::Closed),
            Added::Has(has) => upload.has = has,
        }
        at += buffer.len() as u64;
        if upload.has < at {
            // It was discarded meanwhile.
            return Err(hole(upload));
        }
        buffer.clear();
        if is_over {
            return if at == piece.end { Ok(Added::Has(upload.has)) } else { Err(uneven()) };
        }
    }
}

async fn next(body: &mut Body) -> Result<Option<Bytes>, Failure> {
    loop {
        let Ok(frame) = tokio::time::timeout(PATIENCE, body.frame()).await else {
            let message = "the body did not arrive in time; what has arrived is kept";
            return Err(Failure::new(StatusCode::REQUEST_TIMEOUT, Code::Timeout, message));
        };
        match frame {
            None => return Ok(None),
            // Trailers say nothing about the file.
            Some(Ok(frame)) => {
                if let Ok(bytes) = frame.into_data() {
                    return Ok(Some(bytes));
                }
            }
            Some(Err(_)) => {
                let message = "the body broke off; what has arrived is kept";
                let status = StatusCode::BAD_REQUEST;
                return Err(Failure::new(status, Code::BadUserInput, message));
            }
        }
    }
}

/// How far the file is.
fn standing(upload: &Upload) -> Response {
    let is_begun = upload.is_open() && upload.has > 0;
    let status = if is_begun { StatusCode::ACCEPTED } else { StatusCode::OK };
    let body = json!({
        "id": typeid::encode(upload.job.id),
        "state": upload.job.state.to_value(),
        "receivedBytes": upload.has,
        "sizeBytes": upload.import.size,
    });
    let mut answer = (status, Json(body)).into_response();
    answer.headers_mut().extend(offsets(upload));
    answer
}

fn offsets(upload: &Upload) -> Vec<(HeaderName, HeaderValue)> {
    let mut headers = vec![(OFFSET, HeaderValue::from(upload.has))];
    if let Some(last) = upload.has.checked_sub(1) {
        let range = HeaderValue::from_str(&format!("bytes=0-{last}"));
        headers.extend(range.ok().map(|range| (header::RANGE, range)));
    }
    headers
}

/// What is said to whoever sends to a job that waits no more.
fn closed(upload: &Upload) -> Result<Response, Failure> {
    if upload.is_taken() {
        return Ok(standing(upload));
    }
    let state: String = JobState::to_value(&upload.job.state);
    let message = format!("the job no longer waits for a file: it is {state}");
    Err(Failure::new(StatusCode::CONFLICT, Code::BadUserInput, message))
}

fn hole(upload: &Upload) -> Failure {
    let message = format!("the next byte that is missing is the one at {}", upload.has);
    let failure = Failure::new(StatusCode::RANGE_NOT_SATISFIABLE, Code::BadUserInput, message);
    offsets(upload).into_iter().fold(failure, |failure, (name, value)| failure.with(name, value))
}

fn uneven() -> Failure {
    let message = "the body has more or fewer bytes than its headers announce";
    Failure::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message)
}

fn not_found() -> Failure {
    let message = "your client has no import with this id";
    Failure::new(StatusCode::NOT_FOUND, Code::NotFound, message)
}
