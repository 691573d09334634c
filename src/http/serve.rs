//! The server from its first connection to its last.
//!
//! When it is told to stop it takes no new connections, closes the idle ones, ends every stream
//! ([`Lifetime`](crate::app::Lifetime)), and lets what has begun come to its end: answers, and
//! mutations whose clients have gone. What is not done by the deadline is cut off.

use std::{io, sync::Arc, time::Duration};

use axum::serve::ListenerExt;
use tokio::net::{TcpListener, TcpStream};

use super::router;
use crate::{
    app::App, bulk, changes, graphql::model::ModelError, sandbox, schema, telemetry::metrics,
    webhooks,
};

/// How long what has begun may take to end; orchestrators kill after thirty seconds.
const LAST_ANSWERS: Duration = Duration::from_secs(20);

/// Why there is no server.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The schema contradicts itself.
    #[error("the schema cannot be served")]
    Schema(#[from] ModelError),
    /// The listener broke.
    #[error("the server broke off")]
    Listener(#[from] io::Error),
}

/// Serves the app on the listener until `shutdown` completes, and then until all is answered.
pub async fn serve(
    app: App,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    let api = Arc::new(schema::api()?);
    let means = schema::means(&api);
    let routes = router(app.clone(), api, Arc::new(app.clone()));
    let lifetime = app.lifetime.clone();
    let upkeep = tokio::spawn(metrics::keep_up());
    lifetime.spawn(changes::run(app.clone()));
    lifetime.spawn(webhooks::run(app.clone()));
    lifetime.spawn(bulk::run(app.clone(), means));
    lifetime.spawn(sandbox::run(app.clone()));
    let stop = lifetime.clone();
    let told = async move {
        shutdown.await;
        tracing::info!("stopping: what has begun comes to its end");
        stop.stop();
    };
    let connections = axum::serve(listener.tap_io(at_once), routes);
    let connections = connections.with_graceful_shutdown(told);
    let deadline = async {
        lifetime.stopping().await;
        tokio::time::sleep(LAST_ANSWERS).await;
    };
    let all = async {
        connections.await?;
        lifetime.finished().await;
        Ok(())
    };
    let outcome = tokio::select! {
        outcome = all => outcome,
        () = deadline => {
            tracing::warn!("not everything was answered in time");
            Ok(())
        }
    };
    upkeep.abort();
    outcome
}

/// Small answers do not wait for more to send.
fn at_once(connection: &mut TcpStream) {
    if let Err(error) = connection.set_nodelay(true) {
        tracing::debug!(%error, "a connection delays small answers");
    }
}
