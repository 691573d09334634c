//! Answering with a file, or with a part of it.

use std::{ops::Range, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use entity::id::JobId;

use super::range::{self, Wanted, wanted};
use crate::{
    bulk::{
        file::Part,
        service::download::{self, Download, Found},
    },
    error::{Code, Error},
    graphql::RequestId,
    http::graphql::{Failure, Gateway, Media, read_token},
    typeid,
};

/// What a job made.
pub(super) async fn result(
    State(gateway): State<Gateway>,
    Path(job): Path<String>,
    request: Request,
) -> Response {
    serve(&gateway, &job, Part::Result, &request.into_parts().0).await
}

/// The lines of an import that were refused.
pub(super) async fn rejected(
    State(gateway): State<Gateway>,
    Path(job): Path<String>,
    request: Request,
) -> Response {
    serve(&gateway, &job, Part::Rejected, &request.into_parts().0).await
}

async fn serve(gateway: &Gateway, job: &str, part: Part, request: &Parts) -> Response {
    let id = request.extensions.get().cloned().unwrap_or_else(|| RequestId(Arc::from("-")));
    let is_head = request.method == Method::HEAD;
    match answer(gateway, job, part, &request.headers, is_head, &id).await {
        Ok(answer) => answer,
        Err(failure) => failure.into_response(Media::Json, gateway.public_url(), &id),
    }
}

async fn answer(
    gateway: &Gateway,
    job: &str,
    part: Part,
    headers: &HeaderMap,
    is_head: bool,
    id: &RequestId,
) -> Result<Response, Failure> {
    let token = read_token(headers)?.ok_or_else(Failure::no_token)?;
    let caller = gateway.caller(token, id).await?;
    let Some(job) = typeid::decode::<JobId>(job) else { return Err(no_job()) };
    let found = download::find(gateway.app(), &caller, job, part).await;
    let file = match found {
        Ok(Found::File(file)) => file,
        Ok(Found::NotYet) => return Err(not_yet()),
        Ok(Found::None) => return Err(missing(StatusCode::NOT_FOUND, "the job made no such file")),
        Ok(Found::Gone) => {
            let message = "the file was kept for seven days and is gone; ask for the job again";
            return Err(missing(StatusCode::GONE, message));
        }
        Err(Error::NotFound(_)) => return Err(no_job()),
        Err(error) => return Err(error.into()),
    };
    let tag = format!("\"{}\"", file.tag);
    match wanted(headers, &tag, file.length) {
        Wanted::Known => Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()),
        Wanted::Beyond if !is_head => {
            let message = format!("the file has {} bytes; the range lies behind them", file.length);
            let failure =
                Failure::new(StatusCode::RANGE_NOT_SATISFIABLE, Code::BadUserInput, message);
            Err(failure.with(header::CONTENT_RANGE, range::beyond(file.length)))
        }
        // A range is one of GET.
        Wanted::Part(range) if !is_head => Ok(part_of(gateway, &file, &tag, range)),
        _ => Ok(all_of(gateway, &file, &tag)),
    }
}

fn all_of(gateway: &Gateway, file: &Download, tag: &str) -> Response {
    let body = Body::from_stream(download::read(gateway.app(), file, 0..file.length));
    (described(file, tag, file.length), body).into_response()
}

fn part_of(gateway: &Gateway, file: &Download, tag: &str, range: Range<u64>) -> Response {
    let place = format!("bytes {}-{}/{}", range.start, range.end - 1, file.length);
    let headers = described(file, tag, range.end - range.start);
    let body = Body::from_stream(download::read(gateway.app(), file, range));
    (StatusCode::PARTIAL_CONTENT, headers, [(header::CONTENT_RANGE, place)], body).into_response()
}

fn described(file: &Download, tag: &str, length: u64) -> [(header::HeaderName, String); 5] {
    [
        (header::CONTENT_TYPE, file.media_type.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file.name)),
        (header::ETAG, tag.to_owned()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ]
}

fn no_job() -> Failure {
    missing(StatusCode::NOT_FOUND, "no job with this id is visible to you")
}

fn missing(status: StatusCode, message: &str) -> Failure {
    Failure::new(status, Code::NotFound, message)
}

fn not_yet() -> Failure {
    let message = "the job has not come to its end: wait until it is COMPLETED";
    let failure = Failure::new(StatusCode::CONFLICT, Code::Unavailable, message);
    failure.with(header::RETRY_AFTER, HeaderValue::from_static("5"))
}
