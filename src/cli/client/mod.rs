//! `pathbridge client`: who may call the API.

mod create;
mod list;
mod revoke;
mod rotate;
mod scopes;

use std::{fs, path::Path};

use anyhow::Context;
use clap::Subcommand;
use entity::api_client::ApiClientKind;
use pathbridge::{
    auth::{Scopes, Tenant, client::Created},
    config::Config,
};

use super::{open, output};

/// What is to be done about clients.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Register a client and print its credential, once.
    Create(create::Arguments),
    /// List all clients, revoked ones too.
    List(list::Arguments),
    /// Replace what a client proves itself with; the old credential stops working at once.
    Rotate(rotate::Arguments),
    /// Revoke a client for good; its tokens stop working within two seconds.
    Revoke(revoke::Arguments),
}

impl Command {
    /// Does it.
    pub async fn run(self, config: Config) -> anyhow::Result<()> {
        let app = open::app(config).await?;
        match self {
            Self::Create(arguments) => create::run(&app, arguments).await,
            Self::List(arguments) => list::run(&app, arguments).await,
            Self::Rotate(arguments) => rotate::run(&app, arguments).await,
            Self::Revoke(arguments) => revoke::run(&app, arguments).await,
        }
    }
}

/// The PEM in the file.
fn public_key(file: Option<&Path>) -> anyhow::Result<Option<String>> {
    let Some(file) = file else { return Ok(None) };
    let read = fs::read_to_string(file);
    Ok(Some(read.with_context(|| format!("{} cannot be read", file.display()))?))
}

/// The kind as the command line writes it.
fn kind(kind: ApiClientKind) -> &'static str {
    match kind {
        ApiClientKind::District => "district",
        ApiClientKind::Partner => "partner",
        ApiClientKind::Platform => "platform",
    }
}

fn kind_of(tenant: Tenant) -> &'static str {
    kind(match tenant {
        Tenant::District(_) => ApiClientKind::District,
        Tenant::Partner(_) => ApiClientKind::Partner,
        Tenant::Platform => ApiClientKind::Platform,
    })
}

fn names(scopes: Scopes) -> Vec<&'static str> {
    scopes.iter().map(pathbridge::auth::Scope::name).collect()
}

/// A new credential for a person: this is the only time that the secret is seen.
fn show(created: &Created) -> std::io::Result<()> {
    output::line(&format!("client_id      {}", created.client_id))?;
    match &created.secret {
        Some(secret) => {
            output::line(&format!("client_secret  {}", secret.reveal()))?;
            output::line("Keep the secret now: it is not stored and is never shown again.")
        }
        None => output::line("It proves itself with the key pair whose public half you gave."),
    }
}
