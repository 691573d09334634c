//! `pathbridge client revoke`.

use clap::Args;
use pathbridge::{app::App, auth::client};

use crate::cli::{output, problem::explain};

/// The client.
#[derive(Debug, Args)]
pub struct Arguments {
    /// As `client list` shows it.
    client_id: String,
}

/// Revokes it.
pub async fn run(app: &App, arguments: Arguments) -> anyhow::Result<()> {
    let client_id = arguments.client_id;
    client::revoke(app, &client_id).await.map_err(explain)?;
    Ok(output::line(&format!("revoked {client_id}: no token of it works in two seconds' time"))?)
}
