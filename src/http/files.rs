//! The files of bulk jobs: results on their way out.
//!
//! | situation | status |
//! |---|---|
//! | the file, or the part of it that `Range` names | 200, 206 |
//! | the client has it already (`If-None-Match`) | 304 |
//! | no or invalid token; a scope is missing | 401, 403 |
//! | no such job of this client, or it made no such file | 404 |
//! | the job has not come to its end | 409 |
//! | the file was kept for its time and is gone | 410 |
//! | `Range` lies behind its end | 416 |
//!
//! Errors are JSON with the codes of the API. Files are not compressed on their way: a part of them
//! would be a part of something else then.

mod range;
mod result;

use axum::{Router, routing::get};

use super::graphql::Gateway;

/// Where the files are.
pub(super) fn routes() -> Router<Gateway> {
    Router::new()
        .route("/bulk/results/{job}", get(result::result))
        .route("/bulk/results/{job}/rejected", get(result::rejected))
}
