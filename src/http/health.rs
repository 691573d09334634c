//! For those who run the process: does it live, may it have requests, what has it done?
//!
//! `/livez` asks nothing but the process itself: who restarts it because a database is away has
//! two troubles instead of one. `/readyz` asks everything that a request needs, and says which
//! part is missing, in words of ours.

use std::time::Duration;

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;

use crate::{app::App, telemetry::metrics};

/// A database that does not answer by then is as good as none.
const PATIENCE: Duration = Duration::from_secs(1);

/// `/livez`, `/readyz` and `/metrics`.
pub(super) fn routes() -> Router<App> {
    metrics::start();
    Router::new()
        .route("/livez", get(live))
        .route("/readyz", get(ready))
        .route("/metrics", get(counted))
}

async fn live() -> Json<serde_json::Value> {
    Json(json!({ "status": "alive" }))
}

async fn ready(State(app): State<App>) -> Response {
    let process = if app.lifetime.is_stopping() { "stopping" } else { "ok" };
    let found = tokio::time::timeout(PATIENCE, stored(&app)).await;
    let (database, migrations) = found.unwrap_or(("no answer in time", "unknown"));
    let is_ready = [process, database, migrations] == ["ok"; 3];
    let (status, word) = if is_ready {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready")
    };
    let parts = json!({ "process": process, "database": database, "migrations": migrations });
    (status, Json(json!({ "status": word, "parts": parts }))).into_response()
}

/// How the database is, and its migrations.
async fn stored(app: &App) -> (&'static str, &'static str) {
    let connection = app.db.latest();
    if let Err(error) = connection.ping().await {
        tracing::warn!(%error, "the database does not answer");
        return ("unreachable", "unknown");
    }
    match migration::pending(connection).await {
        Ok(0) => ("ok", "ok"),
        Ok(_) => ("ok", "pending"),
        Err(error) => {
            tracing::warn!(%error, "the migrations could not be read");
            ("ok", "unknown")
        }
    }
}

async fn counted() -> Response {
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, metrics::render()).into_response()
}
