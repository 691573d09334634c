//! Bringing a district's roster in: a OneRoster or School Data Sync bundle becomes rows.
//!
//! The reader in [`super::oneroster`] turns files into records; here records become drafts and go,
//! five hundred at a time, through the same [`crate::store::upsert`] that a GraphQL mutation calls.
//! Rows are known by the keys of the other system, so the same bundle again changes nothing.
//!
//! **One transaction.** A fault in the middle leaves nothing behind, and a dry run does all the
//! work and takes it back. On SQLite no one else can write meanwhile.
//!
//! **Flat memory.** What one file must know of another stays in the database (`ledger`). Files go
//! in an order in which what is referred to comes first: organisations, sessions, courses; then
//! roles, birth dates and contacts are noted, students and staff written with them, guardians with
//! the students they answer for, classes with their teachers, and enrollments last. Two files are
//! read twice for that.
//!
//! **Refusals.** A row with a bad value, a second row of one key and a row that refers to something
//! that is not there are reported and left out; the others go in. A stored row whose new version is
//! refused stays as it is.
//!
//! **What is gone.** A bulk file is everything: active rows that this system brought once and its
//! file no longer names are marked as no longer in use, never deleted. When that would hit more
//! than a share of a kind ([`ImportOptions::max_delete_fraction`]) and more than five rows, the
//! import is refused as a whole ([`ImportError::TooManyGone`]). Nothing of a kind is marked when
//! its file has no rows, or has a row of which not even the key could be read. A delta file marks
//! what it says is to be deleted.

mod class;
pub mod command;
mod course;
mod enrollment;
mod entry;
mod error;
pub(super) mod ledger;
mod org;
mod people;
mod progress;
mod put;
mod reference;
mod refusal;
mod report;
mod retire;
mod rows;
mod run;
mod session;

use std::{path::Path, sync::Arc};

use entity::id::{ApiClientId, DistrictId};
use uuid::Uuid;

pub use error::{Gone, ImportError};
pub use progress::{Bar, Progress, Silent};
pub use refusal::Refusal;
pub use report::{FileCount, ImportReport, Kind, KindCount, Tail};

use self::{ledger::Ledger, run::Run};
use crate::{
    app::App,
    auth::{Caller, Scopes, Tenant},
    bulk::oneroster::Bundle,
    error::Error,
    store::Write,
};

/// The name of a system whose manifest does not tell one.
const UNNAMED_SYSTEM: &str = "oneroster";

/// How to import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportOptions {
    /// Do everything, report, and take it back.
    pub dry_run: bool,
    /// The largest share of a kind's active rows that may be gone from a bulk file; a handful, up
    /// to five, may always be.
    pub max_delete_fraction: f64,
    /// The name under which the keys of the bundle are kept; else the manifest's name for its
    /// system, else `oneroster`.
    pub source_system: Option<String>,
}

impl Default for ImportOptions {
    fn default() -> Self {
        Self { dry_run: false, max_delete_fraction: 0.05, source_system: None }
    }
}

/// Brings the bundle at `path` into the district's roster.
pub async fn oneroster(
    app: &App,
    district: DistrictId,
    path: &Path,
    options: &ImportOptions,
    progress: &dyn Progress,
) -> Result<ImportReport, ImportError> {
    let path = path.to_owned();
    let opening = tokio::task::spawn_blocking(move || Bundle::open(&path));
    let bundle = Arc::new(opening.await.map_err(Error::internal)??);
    let system = options.source_system.as_deref().or(bundle.plan().source_system.as_deref());
    let system = system.unwrap_or(UNNAMED_SYSTEM).to_owned();
    let begun = app.clock.now();
    let caller = operator(district, begun);
    let write = Write::begin(app, &caller).await?;
    let ledger = Ledger::open(&write).await?;
    let run = Run::new(&write, ledger, &bundle, district, &system, options, progress);
    let mut report = run.through().await?;
    if options.dry_run {
        write.tx.rollback().await.map_err(Error::from)?;
    } else {
        ledger.close().await?;
        write.commit().await?;
    }
    let taken = (app.clock.now() - begun).to_std().unwrap_or_default();
    report.seconds = taken.as_secs_f64();
    Ok(report)
}

/// Whoever runs an import works for the district, with every permission and no client of its own.
fn operator(district: DistrictId, now: chrono::DateTime<chrono::Utc>) -> Caller {
    Caller {
        client: ApiClientId(Uuid::nil()),
        tenant: Tenant::District(district),
        scopes: Scopes::all(),
        now,
        request: None,
        once: None,
    }
}
