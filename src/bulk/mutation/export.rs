//! Mutations that begin exports.

use std::sync::Arc;

use async_graphql::{Context, InputObject, Object};
use entity::job::{JobState, Model};
use serde_json::Map;

use crate::{
    app::App,
    auth::{Caller, Scope},
    bulk::{
        export,
        service::{
            create::{NewJob, create},
            request::{Export, Request},
        },
        types::{BulkCompression, BulkExportFormat, Job},
    },
    error::{Error, Result},
    graphql::{Api, input::actors, scalars::Json, scope::scope},
    payload,
};

/// What is to be exported, and as what kind of file.
#[derive(Debug, InputObject)]
pub struct BulkExportCreateInput {
    /// A query of this very API whose root fields are lists, as
    /// `{ students { nodes { id familyName school { id } } } }`: at most 10, each with `nodes`
    /// and nothing else. `where` and `orderBy` narrow a list down and sort it; `first`, `after`,
    /// `last` and `before` are not given, since every page is exported. A list inside a node is
    /// refused, because it would be cut off behind its first page: export it as a root field of its
    /// own, where each node names its parent. It takes the scopes of what it names.
    query: String,
    /// The values of the query's variables, by name.
    variables: Option<Json>,
    /// What a line of the file looks like.
    format: BulkExportFormat,
    /// How the file is packed.
    #[graphql(default_with = "BulkCompression::Gzip")]
    compression: BulkCompression,
    /// What you call the job.
    client_reference: Option<String>,
}

payload! {
    /// The job; its file is at `resultUrl` once it is COMPLETED.
    BulkExportCreatePayload { job: Job }
}

/// Mutations that begin exports.
#[derive(Debug, Default)]
pub struct ExportMutation;

#[Object]
impl ExportMutation {
    /// Begins an export of whole lists, as they are at one instant. When the job is COMPLETED, GET
    /// its `resultUrl` with your token; parts of the file can be fetched by `Range`. Its
    /// `changeCursor` is the place in the log of changes of that very instant: `changes(after:)`
    /// goes on from there, leaves nothing out, and tells nothing that the file has already.
    #[graphql(directive = scope::apply(Scope::BulkManage.name().to_owned()))]
    async fn bulk_export_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and as what kind of file.")] input: BulkExportCreateInput,
    ) -> Result<BulkExportCreatePayload> {
        let (app, caller) = actors(ctx)?;
        let api = ctx.data_opt::<Arc<Api>>();
        let api = api.ok_or_else(|| Error::internal("the request lacks its context"))?;
        BulkExportCreatePayload::of(begin(app, api, caller, input).await)
    }
}

async fn begin(
    app: &App,
    api: &Api,
    caller: &Caller,
    input: BulkExportCreateInput,
) -> Result<Model> {
    let mut export = Export {
        query: input.query,
        variables: input.variables.map_or_else(Map::new, |variables| variables.0),
        format: input.format.into(),
        compression: input.compression.into(),
        name: String::new(),
    };
    let lists =
        export::check(api, caller, &export).await.map_err(|error| error.under(&["input"]))?;
    export.name = match lists.as_slice() {
        [list] => list.clone(),
        _ => "export".to_owned(),
    };
    let new = NewJob {
        state: JobState::Queued,
        request: Request::Export(export),
        client_reference: input.client_reference,
    };
    create(app, caller, &new).await
}
