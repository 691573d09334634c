//! Jobs.

use async_graphql::{Enum, ID};
use entity::{
    id::JobId,
    job::{self, Column, Model},
};

use crate::{
    app::App,
    auth::Scope,
    changes::types::ChangeCursor,
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph, Loaded},
    },
    leaf_enums, object, order, tracked, typeid, value_object,
};

/// Which way the rows of a job go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "job::JobKind")]
pub enum JobKind {
    /// From a file of yours into the record.
    Import,
    /// From the record into a file for you.
    Export,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "job::JobState")]
pub enum JobState {
    /// An import waits for its file: send it to `uploadUrl`.
    WaitingForFile,
    /// It waits its turn.
    Queued,
    /// It goes on; `progress` tells how far it is.
    Running,
    /// It is done.
    Completed,
    /// It could not be done; `failure` tells why.
    Failed,
    /// You no longer wanted it.
    Canceled,
    /// It came to its end more than a week ago, and its files are gone.
    Expired,
}

/// Why a job failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "job::JobFailure")]
pub enum JobFailureCode {
    /// The client that asked for it was revoked.
    ClientRevoked,
    /// The client that asked for it no longer holds a scope that the job needs.
    ScopeMissing,
    /// Rows were refused, and by `REJECT_ALL` none was written then.
    RowsRejected,
    /// The file leaves out more rows than `deleteMissing` allows; none was marked as missing.
    TooManyMissing,
    /// The file as a whole cannot be read, as with a header that names unknown fields.
    UnreadableFile,
    /// What was asked cannot be done any more.
    InvalidRequest,
    /// It was not done within 24 hours.
    OutOfTime,
    /// A fault of ours; ask for the job again.
    Internal,
}

leaf_enums!(JobKind, JobState, JobFailureCode);
enum_filter!(pub JobKindFilter of JobKind as job::JobKind);
enum_filter!(pub JobStateFilter of JobState as job::JobState);

filter! {
    pub JobWhere on job::Entity as Column {
        /// The global id.
        id: IdFilter => Id of JobId,
        /// Which way the rows go.
        kind: JobKindFilter => Kind,
        /// How far it has come.
        state: JobStateFilter => State,
        /// When it was asked for.
        created_at: DateTimeFilter => CreatedAt,
    }
}

order! {
    pub JobOrder, JobOrderField on job::Entity as Column {
        /// By the time at which it was asked for.
        CreatedAt,
    }
}

object! {
    /// An import or export of many rows, which goes on after the request that asked for it. It is
    /// seen by the client that asked for it, and by operators of the platform. It has 24 hours to
    /// come to its end; its files are kept for 7 days then.
    pub Job(job::Entity) is JobId, needs Scope::BulkManage, by JobWhere, JobOrder
}

value_object! {
    /// How many rows of a job came to what. It moves while the job is RUNNING, which is no change
    /// of the job: its `version` stays.
    pub JobProgress(Model)
}

pub(super) fn declare(graph: &mut Graph) {
    declare_progress(graph.object::<JobProgress>());
    let job = graph.node::<Job>();
    job.column("id", |row| Key(row.id), "The global id.");
    job.column("kind", |row| JobKind::from(row.kind), "Which way the rows go.");
    job.column("state", |row| JobState::from(row.state), "How far it has come.");
    job.column(
        "clientReference",
        |row| row.client_reference.clone(),
        "What you called it when you asked for it.",
    );
    job.column(
        "clientId",
        |row| ID(typeid::encode(row.client_id)),
        "The client that asked for it, the only one that gets at its files.",
    );
    job.exactly_one::<JobProgress, ()>(
        "progress",
        |parents, ()| {
            let rows = parents.rows.iter().map(|row| Some((*row).clone())).collect();
            Box::pin(async move { Ok(Loaded::each(rows)) })
        },
        "How many rows came to what.",
    );
    declare_end(job);
    declare_files(job);
    tracked!(job);
}

fn declare_end(job: &mut Declaration<Job>) {
    job.column(
        "failure",
        |row| row.failure.map(JobFailureCode::from),
        "Why it failed; null unless it did.",
    );
    job.column("failureMessage", |row| row.failure_message.clone(), "The same in words.");
    job.column(
        "isCancelRequested",
        |row| row.is_cancel_requested,
        "Whether you canceled it while it was RUNNING: it ends as soon as it can.",
    );
    job.column("startedAt", |row| row.started_at, "When work at it began.");
    job.column("completedAt", |row| row.completed_at, "When it came to its end, however it did.");
    job.column(
        "expiresAt",
        |row| row.expires_at,
        "When it must have come to its end; once it has, when its files go.",
    );
}

fn declare_files(job: &mut Declaration<Job>) {
    job.derived(
        "uploadUrl",
        upload_url,
        "Where to PUT the file of an import, with the token of this very client; null unless the \
         job waits for it.",
    )
    .reads([Column::Id, Column::State]);
    job.derived(
        "resultUrl",
        result_url,
        "Where to GET the result: what became of each line of an import, or the rows of an export. \
         Null as long as there is none, and when it is gone.",
    )
    .reads([Column::Id, Column::Kind, Column::State, Column::ResultBytes]);
    job.derived(
        "rejectedUrl",
        rejected_url,
        "Where to GET the refused lines of an import, just as you sent them: put them right and \
         send them again. Null when there are none.",
    )
    .reads([Column::Id, Column::State, Column::RejectedBytes]);
    job.column("resultBytes", |row| row.result_bytes, "The size of the result.");
    job.column(
        "resultSha256",
        |row| row.result_sha256.clone(),
        "The SHA-256 of the file of an export, in lower-case hexadecimal digits.",
    );
    job.column("rejectedBytes", |row| row.rejected_bytes, "The size of the refused lines.");
    job.column(
        "changeCursor",
        |row| row.change_cursor.clone().map(ChangeCursor),
        "The place in the log of changes at which an export was taken: `changes(after:)` goes on \
         from there without a gap.",
    );
}

fn declare_progress(progress: &mut Declaration<JobProgress>) {
    progress.column("processed", |row| row.processed, "Rows that were looked at.");
    progress.column("total", |row| row.total, "Rows that there are; null until that is known.");
    progress.column("created", |row| row.created, "New rows.");
    progress.column("updated", |row| row.updated, "Rows that differed.");
    progress.column("unchanged", |row| row.unchanged, "Rows that were equal.");
    progress.column("rejected", |row| row.rejected, "Rows that were refused.");
    progress.column(
        "notWritten",
        |row| row.not_written,
        "Rows that were fine, but by `REJECT_ALL` not written because others were refused.",
    );
    progress.column(
        "retired",
        |row| row.retired,
        "Rows that the file no longer names, marked as no longer in use by `deleteMissing`.",
    );
}

fn upload_url(app: &App, row: &Model) -> Option<String> {
    (row.state == job::JobState::WaitingForFile).then(|| address(app, "uploads", row, ""))
}

fn result_url(app: &App, row: &Model) -> Option<String> {
    let is_export = row.kind == job::JobKind::Export && row.state == job::JobState::Completed;
    let has_result = is_export || has_files(row.state, row.result_bytes);
    has_result.then(|| address(app, "results", row, ""))
}

fn rejected_url(app: &App, row: &Model) -> Option<String> {
    has_files(row.state, row.rejected_bytes).then(|| address(app, "results", row, "/rejected"))
}

fn has_files(state: job::JobState, bytes: Option<i64>) -> bool {
    state.is_over() && state != job::JobState::Expired && bytes.is_some_and(|bytes| bytes > 0)
}

fn address(app: &App, folder: &str, row: &Model, file: &str) -> String {
    format!("{}/bulk/{folder}/{}{file}", app.config.public_url, typeid::encode(row.id))
}
