//! `pathbridge import oneroster`, apart from the parsing of its arguments.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use entity::{
    district,
    id::{ApiClientId, DistrictId},
};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{Bar, ImportError, ImportOptions, Progress, Silent, oneroster};
use crate::{
    app::App,
    auth::{Caller, Scopes, Tenant},
    error::Result,
    store::visible,
};

/// The bundle or the district is not there or not in order: nothing was imported.
const FAILED: u8 = 1;
/// The import was made, and some rows were refused.
const SOME_REFUSED: u8 = 2;

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

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Complete => Self::SUCCESS,
            Ending::SomeRefused => Self::from(SOME_REFUSED),
            Ending::Failed => Self::from(FAILED),
        }
    }
}

/// Imports and tells: the report goes to `out`, what kept it from being made to `err`.
pub async fn run(
    app: &App,
    args: &ImportArgs,
    out: &mut (dyn Write + Send),
    err: &mut (dyn Write + Send),
) -> io::Result<Ending> {
    let district = match by_slug(app, &args.district).await {
        Ok(Some(district)) => district,
        Ok(None) => {
            writeln!(err, "there is no district with the slug `{}`", args.district)?;
            return Ok(Ending::Failed);
        }
        Err(error) => return failed(err, &error.into()),
    };
    let progress: Box<dyn Progress> = if args.json || !io::stderr().is_terminal() {
        Box::new(Silent)
    } else {
        Box::new(Bar::default())
    };
    let report = oneroster(app, district, &args.path, &args.options, progress.as_ref()).await;
    drop(progress);
    let report = match report {
        Ok(report) => report,
        Err(error) => return failed(err, &error),
    };
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &report)?;
        writeln!(out)?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(if report.refused == 0 { Ending::Complete } else { Ending::SomeRefused })
}

fn failed(err: &mut (dyn Write + Send), error: &ImportError) -> io::Result<Ending> {
    writeln!(err, "{error}")?;
    // The operator of the command line may know what a client may not.
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        writeln!(err, "  because: {inner}")?;
        cause = inner.source();
    }
    Ok(Ending::Failed)
}

/// Whoever sits at the command line is the operator of the service.
async fn by_slug(app: &App, slug: &str) -> Result<Option<DistrictId>> {
    let caller = Caller {
        client: ApiClientId(Uuid::nil()),
        tenant: Tenant::Platform,
        scopes: Scopes::all(),
        now: app.clock.now(),
    };
    let select = visible::<district::Entity>(&caller);
    let named = app.db.reader().all(select, district::Column::Slug.eq(slug)).await?;
    Ok(named.first().map(|row| row.id))
}
