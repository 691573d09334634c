//! `pathbridge reference load`, apart from the parsing of its arguments.

use std::io::{self, Write};

use super::{LoadOptions, LoadOutcome, follow, load, sample};
use crate::{
    app::App,
    bulk::import::command::{Ending, tell, watched},
    error::Result,
    reference::service::load::Loaded,
};

/// Loads a folder and tells: the report goes to `out`, what kept it from being made to `err`.
pub async fn run(
    app: &App,
    options: &LoadOptions,
    json: bool,
    out: &mut (dyn Write + Send),
    err: &mut (dyn Write + Send),
) -> io::Result<Ending> {
    let progress = watched(json);
    let report = load(app, options, progress.as_ref()).await;
    drop(progress);
    let report = match report {
        Ok(report) => report,
        Err(error) => return Ending::failed(err, &error),
    };
    tell(&report, json, out)?;
    // Of reference data all rows are taken or none.
    let is_refused = report.outcome == LoadOutcome::Refused;
    Ok(if is_refused { Ending::Failed } else { Ending::Complete })
}

/// Loads what the program brings along, and tells.
pub async fn run_sample(
    app: &App,
    out: &mut (dyn Write + Send),
    err: &mut (dyn Write + Send),
) -> io::Result<Ending> {
    match sample_and_follow(app).await {
        Ok((loaded, renewed)) => {
            let all_known = loaded.iter().all(|one| !one.is_new);
            let done = if all_known { "was loaded before, nothing changed" } else { "loaded" };
            writeln!(out, "{}: {done}", loaded[0].release.name)?;
            if renewed > 0 {
                writeln!(out, "{renewed:>10}  students worked out anew")?;
            }
            Ok(Ending::Complete)
        }
        Err(error) => Ending::failed(err, &error),
    }
}

async fn sample_and_follow(app: &App) -> Result<([Loaded; 3], usize)> {
    Ok((sample::load(app).await?, follow(app).await?))
}
