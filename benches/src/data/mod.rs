//! The rows that everything is measured on.
//!
//! They are the same on every machine and in every database: row number `n` of a table follows
//! from `n` alone. Keys grow with time and the rows of all districts lie mixed, as they do where
//! ten districts have worked side by side for two years.

mod cell;
mod partners;
mod placements;
mod postgres;
mod roster;
mod seed;
mod size;
mod sqlite;
mod table;

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use uuid::Uuid;

use placements::Placement;
pub use roster::{family_name, given_name};
pub use seed::Kind;
pub use size::Size;
pub use sqlite::{file as sqlite_file, settle, url as sqlite_url};

use crate::pathbridge::Pathbridge;

/// Which database, how many rows.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The `pathbridge` binary that makes the tables.
    #[arg(long, value_name = "FILE")]
    binary: PathBuf,
    #[command(flatten)]
    database: Database,
    /// The share of the full set: students, placements and hours; the rest stays as it is.
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// Where to write the credential of the first district's client; else it is printed.
    #[arg(long, value_name = "FILE")]
    credential: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Database {
    /// An empty PostgreSQL database whose user is a superuser.
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// A SQLite file that is not there yet.
    #[arg(long, value_name = "FILE")]
    sqlite: Option<PathBuf>,
}

/// Makes the tables, fills them and registers a client.
pub async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let database = match (&arguments.database.postgres, &arguments.database.sqlite) {
        (Some(url), _) => url.clone(),
        (None, file) => sqlite::url(file.as_deref().context("which database?")?),
    };
    let pathbridge = Pathbridge { binary: arguments.binary.clone(), database };
    fill(&pathbridge, &Size::scaled(arguments.scale)).await?;
    let credential = pathbridge.register(&roster::slug(0)).await?;
    let json = serde_json::to_string_pretty(&credential)?;
    match &arguments.credential {
        Some(file) => std::fs::write(file, json)?,
        None => println!("{json}"),
    }
    Ok(())
}

/// Makes the tables and fills them.
pub async fn fill(pathbridge: &Pathbridge, size: &Size) -> anyhow::Result<()> {
    pathbridge.migrate().await?;
    let tables = [roster::tables(size), partners::tables(size), placements::tables(size)].concat();
    match sqlite::file(&pathbridge.database) {
        Some(file) => {
            let (file, size) = (file.to_owned(), *size);
            tokio::task::spawn_blocking(move || sqlite::fill(&file, &size, &tables)).await?
        }
        None => postgres::fill(&pathbridge.database, size, &tables).await,
    }
}

/// Notes which agreements are in force: who comes in by way of the service finds that done, and a
/// server that found it undone would first tell every partner of every row.
const IN_FORCE: &str = "\
    INSERT INTO affiliation_view (district_id, partner_id, in_force) \
    SELECT district_id, partner_id, MAX(CASE WHEN state = 'ACTIVE' \
        AND starts_on <= CURRENT_DATE AND ends_on >= CURRENT_DATE THEN 1 ELSE 0 END) = 1 \
    FROM affiliation_agreement GROUP BY district_id, partner_id";

/// The short name of the district whose client asks.
pub fn district() -> String {
    roster::slug(0)
}

/// The key of that district.
pub fn district_key() -> Uuid {
    Kind::District.id(0)
}

/// The keys of the placements of that district, in their order.
pub fn placements(size: &Size) -> impl Iterator<Item = Uuid> {
    let ours = (0..size.placements).filter(|n| Placement::of(size, *n).district == 0);
    ours.map(|n| Kind::Placement.id(n))
}

/// The keys of its students.
pub fn students(size: &Size) -> impl Iterator<Item = Uuid> {
    let ours = (0..size.students).filter(|n| roster::district_of(*n) == 0);
    ours.map(|n| Kind::Student.id(n))
}
