//! Reading lists to their ends, and writing them down meanwhile.

use std::sync::Arc;

use futures_util::future::try_join;

use super::{Lines, Pack};
use crate::{
    app::App,
    auth::Caller,
    bulk::service::request::{self, Format},
    changes,
    error::{Error, Result},
    graphql::{
        Api,
        export::{Context, Export, List, Page},
    },
};

/// What is known when an export begins.
#[derive(Debug, Clone)]
pub struct Begun {
    /// How many nodes it has.
    pub total: u64,
    /// The place in the log of changes of the state that it is read from, as clients keep it.
    pub cursor: String,
}

/// What came of an export.
#[derive(Debug, Clone)]
pub struct Made {
    /// The SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// The place in the log of changes from which its reader goes on.
    pub cursor: String,
}

/// Where the file of an export goes.
pub trait Sink: Send {
    /// The state is pinned and counted, and nothing is written yet.
    fn begin(&mut self, begun: &Begun) -> impl Future<Output = Result<()>> + Send;

    /// These bytes come next, maybe none, and so many nodes were read by now. An error stops the
    /// export.
    fn put(&mut self, bytes: Vec<u8>, nodes: u64) -> impl Future<Output = Result<()>> + Send;
}

/// Exports for a caller, whose scopes are those of now.
pub async fn run(
    app: &App,
    api: &Api,
    caller: &Caller,
    request: &request::Export,
    sink: &mut impl Sink,
) -> Result<Made> {
    let export = api.export(&request.query, request.variables.clone(), caller).await?;
    let pinned = changes::pin(app).await?;
    let cursor = pinned.cursor.seal(app.keys.cursor());
    let context = Context {
        app: app.clone(),
        // All pages go by the same day, and by none before the state: what a day has hidden is told
        // in front of the place of a state that is younger.
        caller: Caller { now: app.clock.now(), ..caller.clone() },
        snapshot: Arc::new(pinned.snapshot),
    };
    let reading = Reading { api, export: &export, context };
    let begun = Begun { total: reading.total().await?, cursor: cursor.clone() };
    sink.begin(&begun).await?;
    let lines = match request.format {
        Format::Ndjson => Lines::Ndjson,
        Format::Csv => Lines::Csv(columns(&export)),
    };
    let mut writing = Writing { pack: Pack::new(lines, request.compression), sink, nodes: 0 };
    for list in export.lists() {
        let mut page = Some(reading.page(list, None).await?);
        while let Some(mut read) = page {
            let after = read.next.take();
            (writing, page) = try_join(writing.write(read), reading.following(list, after)).await?;
        }
    }
    let sha256 = writing.finish().await?;
    Ok(Made { sha256, cursor })
}

fn columns(export: &Export) -> Vec<crate::graphql::export::Column> {
    export.lists().first().map(|list| list.columns.clone()).unwrap_or_default()
}

struct Reading<'a> {
    api: &'a Api,
    export: &'a Export,
    context: Context,
}

impl Reading<'_> {
    async fn total(&self) -> Result<u64> {
        let mut total = 0;
        for list in self.export.lists() {
            total += self.api.exported_count(self.export, list, &self.context).await?;
        }
        Ok(total)
    }

    async fn page(&self, list: &List, after: Option<String>) -> Result<Page> {
        self.api.exported_page(self.export, list, after, &self.context).await
    }

    async fn following(&self, list: &List, after: Option<String>) -> Result<Option<Page>> {
        match after {
            Some(_) => self.page(list, after).await.map(Some),
            None => Ok(None),
        }
    }
}

struct Writing<'a, S> {
    pack: Pack,
    sink: &'a mut S,
    nodes: u64,
}

impl<S: Sink> Writing<'_, S> {
    /// Lines are made and compressed beside the task that reads.
    async fn write(self, page: Page) -> Result<Self> {
        let Self { mut pack, sink, nodes } = self;
        let nodes = nodes + page.nodes().len() as u64;
        let packed = tokio::task::spawn_blocking(move || {
            let piece = pack.add(&page)?;
            Ok::<_, Error>((pack, piece))
        });
        let (pack, piece) = packed.await.map_err(Error::internal)??;
        sink.put(piece.unwrap_or_default(), nodes).await?;
        Ok(Self { pack, sink, nodes })
    }

    async fn finish(self) -> Result<String> {
        let pack = self.pack;
        let packed = tokio::task::spawn_blocking(move || pack.finish());
        let (last, sha256) = packed.await.map_err(Error::internal)??;
        self.sink.put(last, self.nodes).await?;
        Ok(sha256)
    }
}
