//! Mutations that begin imports.

use async_graphql::{Context, ID, InputObject, Object};
use entity::job::{JobState, Model};

use crate::{
    app::App,
    auth::{Caller, Scope},
    bulk::{
        rules,
        service::{
            create::{NewJob, create},
            request::{Import, Request},
        },
        types::{BulkFormat, BulkImportType, Job},
    },
    error::{Detail, Error, Problem, ProblemCode, Result},
    graphql::{bulk::ErrorPolicy, input::actors, scalars::Long, scope::scope},
    payload,
};

/// What is to be imported, and how.
#[derive(Debug, InputObject)]
pub struct BulkImportCreateInput {
    /// The type of the rows.
    #[graphql(name = "type")]
    rows: BulkImportType,
    /// What a line of the file looks like.
    format: BulkFormat,
    /// The size of the file in bytes, at most 2 GiB.
    size_bytes: Long,
    /// The SHA-256 of the file, as 64 hexadecimal digits.
    sha256: String,
    /// What to do when some rows are refused. With `REJECT_ALL` the file is written as a whole, in
    /// one transaction, or not at all, and the job FAILS when any row is refused.
    #[graphql(default_with = "ErrorPolicy::RejectFailedRows")]
    error_policy: ErrorPolicy,
    /// Whether everything is done and taken back: the result tells what would happen.
    #[graphql(default)]
    is_dry_run: bool,
    /// Marks rows that the file leaves out as no longer in use. Only for types whose rows have a
    /// `status`.
    delete_missing: Option<BulkDeleteMissingInput>,
    /// The district that the rows belong to, or whose keys they go by; needed from a platform
    /// client only.
    district_id: Option<ID>,
    /// For types of the bank of partners: the district or partner whose keys the rows go by;
    /// needed from a platform client only.
    tenant_id: Option<ID>,
    /// What you call the job.
    client_reference: Option<String>,
}

/// How rows that a file leaves out are marked as no longer in use: those that the systems whose
/// keys stand in the file brought once. They are kept for what refers to them, never deleted.
#[derive(Debug, InputObject)]
pub struct BulkDeleteMissingInput {
    /// The largest share of these systems' rows in use that may be missing, from 0 to 1. When more
    /// are missing the file is taken for incomplete: the job FAILS, and none is marked.
    #[graphql(default = 0.05)]
    max_fraction: f64,
}

payload! {
    /// The job, which waits for its file: send it to `uploadUrl`.
    BulkImportCreatePayload { job: Job }
}

/// Mutations that begin imports.
#[derive(Debug, Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Begins an import: makes a job that waits for its file. PUT the file to the job's `uploadUrl`
    /// with your token, in one piece or in several by `Content-Range`; once its checksum is right,
    /// the job is QUEUED. It takes the scope of the type's `…BulkUpsert` as well.
    #[graphql(directive = scope::apply(Scope::BulkManage.name().to_owned()))]
    async fn bulk_import_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be imported, and how.")] input: BulkImportCreateInput,
    ) -> Result<BulkImportCreatePayload> {
        let (app, caller) = actors(ctx)?;
        let job = begin(app, caller, input).await;
        BulkImportCreatePayload::of(job)
    }
}

async fn begin(app: &App, caller: &Caller, input: BulkImportCreateInput) -> Result<Model> {
    let mut problems = Vec::new();
    let rows = input.rows;
    let needed = rows.by_file().scope();
    if !caller.scopes.contains(needed) {
        let message = format!("rows of this type take the scope `{}` as well", needed.name());
        let detail = Detail::Permission { scope: Some(needed) };
        problems.push(Problem::with(ProblemCode::Forbidden, "type", message, detail));
    }
    let home = input.tenant_id.or(input.district_id);
    if problems.is_empty() {
        match rows.by_file().check(caller, home.as_ref()) {
            Err(Error::Invalid(more)) => problems.extend(more),
            checked => checked?,
        }
    }
    let import = Import {
        rows: rows.name().to_owned(),
        format: input.format.into(),
        size: u64::try_from(input.size_bytes.0).unwrap_or(0),
        sha256: input.sha256.to_ascii_lowercase(),
        is_all_or_nothing: input.error_policy == ErrorPolicy::RejectAll,
        is_dry_run: input.is_dry_run,
        delete_missing: input.delete_missing.map(|missing| missing.max_fraction),
        home: home.map(|id| id.0),
    };
    problems.extend(rules::import(&import, rows.retires()));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems).under(&["input"]));
    }
    let request = Request::Import(import);
    let state = JobState::WaitingForFile;
    let new = NewJob { state, request, client_reference: input.client_reference };
    create(app, caller, &new).await
}
