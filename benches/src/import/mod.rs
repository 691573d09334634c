//! Bringing a roster in: the bundle, and what an import costs that was written by hand for it.
//!
//! The hand-written import checks nothing and reports nothing: it reads `users.csv` and sends its
//! rows, a thousand to a statement, as `INSERT … ON CONFLICT`. It leaves the same rows in the same
//! two tables as Pathbridge does, and changes none of them the second time.

mod bundle;
mod postgres;
mod sqlite;
mod users;

use std::path::PathBuf;

use clap::Args;
use uuid::Uuid;

pub use bundle::{SYSTEM, write};

/// The short name of the district whose roster comes in.
pub const DISTRICT: &str = "import";

/// Rows that one statement writes.
const AT_ONCE: usize = 1_000;

/// Where the bundle is, and where its rows go.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder of the bundle.
    bundle: PathBuf,
    /// The address of the database, as Pathbridge is told of it.
    #[arg(long, value_name = "URL")]
    database: String,
}

/// Imports.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let users = users::read(&arguments.bundle)?;
    match crate::data::sqlite_file(&arguments.database) {
        Some(file) => {
            let file = file.to_owned();
            tokio::task::spawn_blocking(move || sqlite::import(&file, users)).await?
        }
        None => postgres::import(&arguments.database, users).await,
    }
}

/// A key for a new row; the same one never comes twice.
fn new_key() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "a bench has no clock to be told the time by")]
    Uuid::now_v7()
}
