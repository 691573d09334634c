//! `pathbridge import oneroster`, apart from the parsing of its arguments.

use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use serde::Serialize;

use super::{Bar, ImportOptions, Progress, Silent, oneroster};
use crate::{app::App, error::Error, roster::service::district};

/// The bundle or the district is not there or not in order: nothing was imported.
const FAILED: u8 = 1;
/// The import was made, and some rows were refused; 2 means that the command was not understood.
const SOME_REFUSED: u8 = 3;

/// What the operator asks for.
#[derive(Debug, Clone)]
pub struct ImportArgs {
    /// A zip file or a folder.
    pub path: PathBuf,
    /// The district's slug.
    pub district: String,
    /// How to import.
    pub options: ImportOptions,
    /// Print the report as JSON.
    pub json: bool,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Every row was taken.
    Complete,
    /// The import was made without some rows.
    SomeRefused,
    /// Nothing was imported.
    Failed,
}

impl Ending {
    /// Tells why nothing came of it. The operator of the command line may know what a client may
    /// not.
    pub fn failed(err: &mut (dyn Write + Send), error: &dyn std::error::Error) -> io::Result<Self> {
        writeln!(err, "{error}")?;
        let mut cause = error.source();
        while let Some(inner) = cause {
            writeln!(err, "  because: {inner}")?;
            cause = inner.source();
        }
        Ok(Self::Failed)
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Complete => Self::SUCCESS,
            Ending::SomeRefused => Self::from(SOME_REFUSED),
            Ending::Failed => Self::from(FAILED),
        }
    }
}

/// A bar for an operator who looks on, and nothing for a program that reads the report.
#[must_use]
pub fn watched(json: bool) -> Box<dyn Progress> {
    if json || !io::stderr().is_terminal() { Box::new(Silent) } else { Box::<Bar>::default() }
}

/// Tells a report in words, or as JSON.
pub fn tell(
    report: &(impl Serialize + Display),
    json: bool,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    if !json {
        return write!(out, "{report}");
    }
    serde_json::to_writer_pretty(&mut *out, report)?;
    writeln!(out)
}

/// Imports and tells: the report goes to `out`, what kept it from being made to `err`.
pub async fn run(
    app: &App,
    args: &ImportArgs,
    out: &mut (dyn Write + Send),
    err: &mut (dyn Write + Send),
) -> io::Result<Ending> {
    let district = match district::by_slug(app, &args.district).await {
        Ok(district) => district.id,
        Err(Error::NotFound(_)) => {
            writeln!(err, "there is no district with the slug `{}`", args.district)?;
            return Ok(Ending::Failed);
        }
        Err(error) => return Ending::failed(err, &error),
    };
    let progress = watched(args.json);
    let report = oneroster(app, district, &args.path, &args.options, progress.as_ref()).await;
    drop(progress);
    let report = match report {
        Ok(report) => report,
        Err(error) => return Ending::failed(err, &error),
    };
    tell(&report, args.json, out)?;
    Ok(if report.refused == 0 { Ending::Complete } else { Ending::SomeRefused })
}
