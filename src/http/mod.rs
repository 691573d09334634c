//! Everything that speaks HTTP. All routes are on this screen.

pub mod docs;
mod files;
mod graphql;
mod health;
pub mod oauth;
mod observe;
pub mod playground;
mod sdl;
mod serve;
mod stamp;
mod stream;
mod upload;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{any, get},
};
use tower_http::compression::{
    CompressionLayer,
    predicate::{NotForContentType, Predicate, SizeAbove},
};

pub use graphql::Authenticate;
pub use serve::{ServeError, serve};
pub use stream::MOST_STREAMS;

use crate::{app::App, graphql::Api};

/// Smaller answers do not become shorter when they are compressed.
const WORTH_COMPRESSING: u64 = 1024;

/// The whole server.
pub fn router(app: App, api: Arc<Api>, authenticate: Arc<dyn Authenticate>) -> Router {
    let gateway = graphql::Gateway::new(app.clone(), Arc::clone(&api), authenticate);
    let streams = stream::Streams::new(gateway.clone());
    let worth = SizeAbove::new(WORTH_COMPRESSING).and(NotForContentType::SSE);
    Router::new()
        .route("/graphql", any(graphql::serve).with_state(gateway.clone()))
        .route("/graphql/stream", any(stream::events).with_state(streams.clone()))
        .route("/graphql/ws", any(stream::socket).with_state(streams))
        .route("/bulk/uploads/{id}", any(upload::serve).with_state(gateway.clone()))
        .route("/schema.graphql", get(sdl::sdl).with_state(api))
        .merge(health::routes().with_state(app.clone()))
        .merge(oauth::routes().with_state(app.clone()))
        .merge(playground::routes())
        .merge(docs::routes())
        .layer(CompressionLayer::new().gzip(true).compress_when(worth))
        .merge(files::routes().with_state(gateway))
        .layer(middleware::from_fn_with_state(app, stamp::stamp))
        .layer(middleware::from_fn(observe::observe))
}
