//! The schema as a file, for code generators and for people.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::graphql::Api;

/// Answers the SDL; a client that has this very text already gets 304.
pub(super) async fn sdl(State(api): State<Arc<Api>>, headers: HeaderMap) -> Response {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, api.sdl().as_bytes());
    let tag = format!("W/\"{}\"", URL_SAFE_NO_PAD.encode(digest));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let stamped = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        return (StatusCode::NOT_MODIFIED, stamped).into_response();
    }
    let kind = [(header::CONTENT_TYPE, "application/graphql; charset=utf-8")];
    (stamped, kind, api.sdl().to_owned()).into_response()
}
