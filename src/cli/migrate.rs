//! `pathbridge migrate`: the database follows the version of the program.

use anyhow::Context;
use clap::{Args, Subcommand};
use pathbridge::config::Config;

use super::{open, output};

/// What is to be done; without a word, `up`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(subcommand)]
    step: Option<Step>,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Step {
    /// Apply every pending migration, under a lock (the default).
    Up,
    /// List the migrations and whether they are applied; changes nothing.
    Status,
}

/// Migrates, or says how far it is.
pub async fn run(config: &Config, arguments: Arguments) -> anyhow::Result<()> {
    let db = open::database(config).await?;
    match arguments.step.unwrap_or(Step::Up) {
        Step::Up => {
            let before = pending(&db).await?;
            migration::up(db.writer())
                .await
                .context("the migrations failed; nothing has changed")?;
            let done = before - pending(&db).await?.min(before);
            output::line(&format!("applied {done} migrations; the database is up to date"))?;
        }
        Step::Status => {
            let all = migration::status(db.writer()).await.context(UNREADABLE)?;
            for (name, is_applied) in all {
                let word = if is_applied { "applied" } else { "pending" };
                output::line(&format!("{word}  {name}"))?;
            }
        }
    }
    Ok(())
}

const UNREADABLE: &str = "the migrations of the database cannot be read";

async fn pending(db: &pathbridge::store::Db) -> anyhow::Result<usize> {
    migration::pending(db.writer()).await.context(UNREADABLE)
}
