//! `pathbridge serve`: the server, until SIGTERM or SIGINT.

use anyhow::Context;
use clap::Args;
use pathbridge::{app::App, auth::Keys, clock::Clock, config::Config, http};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{open, output};

/// How to start.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Apply pending migrations first; without it, the server refuses to start on them.
    #[arg(long)]
    migrate: bool,
}

/// Serves until told to stop.
pub async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let db = open::database(&config).await?;
    if arguments.migrate {
        migration::up(db.writer()).await.context("the migrations failed; nothing has changed")?;
    }
    open::require_current(&db).await?;
    let clock = Clock::system();
    let keys = Keys::load_or_create(&config.keys, &clock);
    let keys = keys.context("the keys of PATHBRIDGE_KEYS cannot be used")?;
    let (listener, config) = listen(config).await?;
    listen_and_serve(App::new(db, config, clock, keys), listener).await
}

/// Binds the address; where the port was left to the machine, the settings learn which it is.
pub async fn listen(config: Config) -> anyhow::Result<(TcpListener, Config)> {
    let address = config.bind;
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| format!("nobody can listen on {address}"))?;
    let bound = listener.local_addr().context("the listener has no address")?;
    Ok((listener, config.bound_to(bound)))
}

/// Says where the server is, and serves until the machine or a person tells it to stop.
pub async fn listen_and_serve(app: App, listener: TcpListener) -> anyhow::Result<()> {
    // Caught before the address is known to anybody, so that no signal is ever too early.
    let mut terminate = signal(SignalKind::terminate()).context("SIGTERM cannot be caught")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("SIGINT cannot be caught")?;
    let public_url = &app.config.public_url;
    output::line(&format!("listening on http://{}", app.config.bind))?;
    output::line(&format!("playground   {public_url}/playground"))?;
    let shutdown = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    Ok(http::serve(app, listener, shutdown).await?)
}
