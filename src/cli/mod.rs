//! The command line: one file per command.
//!
//! What was asked for goes to standard output, in JSON with `--json`; the log and errors go to
//! standard error. The exit code is 0 when it was done, 1 when it was not, 2 when it was not
//! understood, 3 when an import was made without the rows that it refused.

mod client;
mod demo;
mod district;
mod import;
mod migrate;
mod open;
mod output;
mod problem;
mod reference;
mod schema;
mod serve;

use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand};
use pathbridge::{config::Config, telemetry};

/// One truthful record of a student's road from interest to pathway to placement to mentor to
/// practicum outcome.
#[derive(Debug, Parser)]
#[command(name = "pathbridge", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make two districts, a college, five partners and their history, and serve them.
    Demo(demo::Arguments),
    /// Answer requests until told to stop.
    Serve(serve::Arguments),
    /// Bring the database up to date, or say how it stands.
    Migrate(migrate::Arguments),
    /// Make districts, which own everything else.
    #[command(subcommand)]
    District(district::Command),
    /// Bring rows in from a file.
    #[command(subcommand)]
    Import(import::Command),
    /// Load occupations, career clusters and crosswalks from the files of their publishers.
    #[command(subcommand)]
    Reference(reference::Command),
    /// Register API clients, renew what they prove themselves with, revoke them.
    #[command(subcommand)]
    Client(client::Command),
    /// Print the GraphQL schema.
    Schema,
}

impl Cli {
    /// Does what was asked for.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        if let Command::Schema = self.command {
            schema::run()?;
            return Ok(ExitCode::SUCCESS);
        }
        let config = Config::from_env()?;
        let filter = config.log_filter.as_deref();
        let _telemetry = telemetry::start(filter, config.otlp_endpoint.as_deref())?;
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.enable_all().build().context("no threads could be started")?;
        let done = runtime.block_on(self.command.run(config));
        // What is still running had its time; it does not hold up the end of the process.
        runtime.shutdown_background();
        done
    }
}

impl Command {
    async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        match self {
            Self::Demo(arguments) => demo::run(config, arguments).await?,
            Self::Serve(arguments) => serve::run(config, arguments).await?,
            Self::Migrate(arguments) => migrate::run(&config, arguments).await?,
            Self::District(command) => command.run(config).await?,
            Self::Client(command) => command.run(config).await?,
            Self::Import(command) => return command.run(config).await,
            Self::Reference(command) => return command.run(config).await,
            Self::Schema => schema::run()?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
