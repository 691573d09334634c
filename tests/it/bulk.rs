//! Bulk: jobs, what they move, and the files that it is moved by.

mod export;
pub mod exported;
mod exporting;
mod fetching;
mod files;
mod following;
mod imports;
mod policies;
mod running;
mod step;
mod types;
mod uploads;
pub mod world;

use entity::{id::JobId, job::JobState};
use pathbridge::{
    auth::Tenant,
    bulk::service::{
        create::{NewJob, create},
        request::{Format, Import, Request},
    },
};

use crate::support::TestApp;

/// A job of a client of its own.
async fn a_job(app: &TestApp) -> JobId {
    let actor = app.client(Tenant::Platform).await;
    let import = Import {
        rows: "STUDENT".to_owned(),
        format: Format::Ndjson,
        size: 1,
        sha256: "0".repeat(64),
        is_all_or_nothing: false,
        is_dry_run: false,
        delete_missing: None,
        home: None,
    };
    let request = Request::Import(import);
    let new = NewJob { state: JobState::WaitingForFile, request, client_reference: None };
    create(&app.app, &actor.caller, &new).await.expect("a job").id
}
