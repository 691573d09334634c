//! The program that is measured, run as its operator runs it.

use std::{path::PathBuf, process::Stdio};

use anyhow::{Context, ensure};
use serde::{Deserialize, Serialize};
use tokio::process::Command;

/// The binary and the database that it works on.
#[derive(Debug, Clone)]
pub struct Pathbridge {
    /// The binary.
    pub binary: PathBuf,
    /// Its `DATABASE_URL`.
    pub database: String,
}

/// What a client proves itself with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Credential {
    /// Its name at the token endpoint.
    pub client_id: String,
    /// Its password there.
    pub client_secret: String,
}

impl Pathbridge {
    /// The command with its environment: the database and nothing inherited that configures it.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        for name in ["DATABASE_READ_URL", "PATHBRIDGE_BIND", "PATHBRIDGE_PUBLIC_URL", "RUST_LOG"] {
            command.env_remove(name);
        }
        command.env("DATABASE_URL", &self.database).kill_on_drop(true);
        command
    }

    /// Makes the tables.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        self.ask(&["migrate"]).await.map(drop)
    }

    /// Makes a district.
    pub async fn found(&self, slug: &str) -> anyhow::Result<()> {
        self.ask(&["district", "create", "--slug", slug, "--name", slug]).await.map(drop)
    }

    /// Registers the student information system of a district, with every scope it may hold.
    pub async fn register(&self, district: &str) -> anyhow::Result<Credential> {
        let arguments = ["client", "create", "--kind", "district", "--tenant", district];
        let printed = self.ask(&[&arguments[..], &["--scopes", "all", "--json"]].concat()).await?;
        serde_json::from_str(&printed).context("`pathbridge client create` printed no credential")
    }

    /// Registers an operator of the platform, with every scope.
    pub async fn register_operator(&self) -> anyhow::Result<Credential> {
        let arguments = ["client", "create", "--kind", "platform", "--scopes", "all", "--json"];
        let printed = self.ask(&arguments).await?;
        serde_json::from_str(&printed).context("`pathbridge client create` printed no credential")
    }

    async fn ask(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::null()).stderr(Stdio::inherit());
        let asked = command.stdout(Stdio::piped()).output().await;
        let output = asked.with_context(|| format!("{} does not start", self.binary.display()))?;
        ensure!(output.status.success(), "`pathbridge {}` failed", arguments.join(" "));
        Ok(String::from_utf8(output.stdout)?)
    }
}
