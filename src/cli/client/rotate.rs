//! `pathbridge client rotate`.

use std::path::PathBuf;

use clap::Args;
use pathbridge::{
    app::App,
    auth::client::{self, Secret},
};
use serde_json::json;

use crate::cli::{output, problem::explain};

/// The client and what it proves itself with from now on.
#[derive(Debug, Args)]
pub struct Arguments {
    /// As `client list` shows it.
    client_id: String,
    /// The PEM file of its new public key; without it, it gets a new secret.
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Replaces the credential and prints the new one.
pub async fn run(app: &App, arguments: Arguments) -> anyhow::Result<()> {
    let key = super::public_key(arguments.public_key.as_deref())?;
    let created = client::rotate(app, &arguments.client_id, key).await.map_err(explain)?;
    if arguments.json {
        let secret = created.secret.as_ref().map(Secret::reveal);
        output::json(&json!({ "client_id": created.client_id, "client_secret": secret }))?;
        return Ok(());
    }
    Ok(super::show(&created)?)
}
