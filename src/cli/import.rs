//! `pathbridge import`: rows from a file.

use std::{io, path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};
use pathbridge::{
    bulk::import::{
        ImportOptions,
        command::{self, ImportArgs},
    },
    config::Config,
};

use super::open;

/// What is imported.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// A roster: `OneRoster` 1.1 or 1.2, or School Data Sync 2.1, as a zip file or a folder.
    Oneroster(Roster),
}

/// Which bundle, for whom, and how.
#[derive(Debug, Args)]
pub struct Roster {
    /// The zip file or the folder.
    path: PathBuf,
    /// The district that owns the rows.
    #[arg(long, value_name = "SLUG")]
    district: String,
    /// Do the whole work, report, and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// The largest share of a kind's rows that may be gone from a full file.
    #[arg(long, default_value_t = 0.05, value_parser = fraction)]
    max_delete_fraction: f64,
    /// The name under which the keys of the bundle are kept; else what its manifest says.
    #[arg(long, value_name = "SYSTEM")]
    source_system: Option<String>,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

fn fraction(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a number from 0 to 1 is expected".to_owned())
}

impl Command {
    /// Imports.
    pub async fn run(self, config: Config) -> anyhow::Result<ExitCode> {
        let Self::Oneroster(roster) = self;
        let app = open::app(config).await?;
        let args = ImportArgs {
            path: roster.path,
            district: roster.district,
            options: ImportOptions {
                dry_run: roster.dry_run,
                max_delete_fraction: roster.max_delete_fraction,
                source_system: roster.source_system,
            },
            json: roster.json,
        };
        let ending = command::run(&app, &args, &mut io::stdout(), &mut io::stderr()).await?;
        Ok(ending.into())
    }
}
