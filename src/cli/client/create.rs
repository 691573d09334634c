//! `pathbridge client create`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use entity::api_client::ApiClientKind;
use pathbridge::{
    app::App,
    auth::client::{self, NewClient, Secret},
};
use serde_json::json;

use super::scopes::Asked;
use crate::cli::{output, problem::explain};

/// The client to be registered.
#[derive(Debug, Args)]
pub struct Arguments {
    /// On whose behalf it calls.
    #[arg(long)]
    kind: Kind,
    /// A district's slug, or a partner's id or exact name; nothing for the platform.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// What its owner calls it; by default its kind and tenant.
    #[arg(long)]
    name: Option<String>,
    /// What it may do: scopes between commas or spaces, or `all` that its kind may hold.
    #[arg(long, required = true, num_args = 1.., value_parser = Asked::parse)]
    scopes: Vec<Asked>,
    /// The PEM file of its public key, if it proves itself with a key pair and not with a secret.
    #[arg(long, value_name = "FILE")]
    public_key: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// A district, college or consortium: its student information system.
    District,
    /// An employer or another partner: its HR system or portal.
    Partner,
    /// The operator of the service.
    Platform,
}

impl From<Kind> for ApiClientKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::District => Self::District,
            Kind::Partner => Self::Partner,
            Kind::Platform => Self::Platform,
        }
    }
}

/// Registers it and prints its credential.
pub async fn run(app: &App, arguments: Arguments) -> anyhow::Result<()> {
    let kind = ApiClientKind::from(arguments.kind);
    let scopes = Asked::together(&arguments.scopes, kind);
    let tenant = arguments.tenant;
    let usual_name = || match &tenant {
        Some(tenant) => format!("{} {tenant}", super::kind(kind)),
        None => super::kind(kind).to_owned(),
    };
    let name = arguments.name.clone().unwrap_or_else(usual_name);
    let public_key = super::public_key(arguments.public_key.as_deref())?;
    let new = NewClient { kind, tenant: tenant.clone(), name, scopes, public_key };
    let created = client::create(app, new).await.map_err(explain)?;
    if arguments.json {
        output::json(&json!({
            "client_id": created.client_id,
            "client_secret": created.secret.as_ref().map(Secret::reveal),
            "kind": super::kind(kind),
            "tenant": tenant,
            "scopes": super::names(scopes),
        }))?;
        return Ok(());
    }
    super::show(&created)?;
    output::line(&format!("scopes         {scopes}"))?;
    Ok(())
}
