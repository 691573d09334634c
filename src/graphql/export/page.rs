//! Asking for a page, and cutting its answer into nodes without reading them.

use std::{collections::HashMap, ops::Range};

use async_graphql::{Data, Name, PathSegment, ServerError};
use async_graphql_value::ConstValue;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Asked, Context, Export, List, rewrite::AFTER};
use crate::{
    error::{Error, Problem, ProblemCode, Result},
    graphql::{Api, Run},
};

/// Some nodes of a list, as JSON.
#[derive(Debug)]
pub struct Page {
    text: Vec<u8>,
    nodes: Vec<Range<usize>>,
    /// The place behind them, when there are more.
    pub next: Option<String>,
}

impl Page {
    /// The JSON of each node, on one line.
    #[must_use]
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.nodes.iter().map(|node| &self.text[node.clone()])
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered<'a> {
    #[serde(borrow)]
    nodes: Vec<&'a RawValue>,
    page_info: PageInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    total_count: Total,
}

#[derive(Deserialize)]
struct Total {
    value: u64,
}

impl Api {
    /// The nodes of a list behind this place, or its first ones.
    pub async fn exported_page(
        &self,
        export: &Export,
        list: &List,
        after: Option<String>,
        context: &Context,
    ) -> Result<Page> {
        let text = self.exported(export, &list.pages, after, context).await?;
        let (nodes, info) = {
            let page: Answered<'_> = only(&text)?;
            let start = text.as_ptr().addr();
            let place = |node: &&RawValue| {
                let from = node.get().as_ptr().addr() - start;
                from..from + node.get().len()
            };
            (page.nodes.iter().map(place).collect(), page.page_info)
        };
        let next = info.end_cursor.filter(|_| info.has_next_page);
        Ok(Page { text, nodes, next })
    }

    /// How many nodes a list has, exactly.
    pub async fn exported_count(
        &self,
        export: &Export,
        list: &List,
        context: &Context,
    ) -> Result<u64> {
        let text = self.exported(export, &list.count, None, context).await?;
        Ok(only::<Counted>(&text)?.total_count.value)
    }

    async fn exported(
        &self,
        export: &Export,
        asked: &Asked,
        after: Option<String>,
        context: &Context,
    ) -> Result<Vec<u8>> {
        let mut variables = export.variables.clone();
        let after = after.map_or(ConstValue::Null, ConstValue::String);
        variables.insert(Name::new(AFTER), after);
        let (document, operation) = (asked.document.clone(), asked.operation.clone());
        let run = Run { document, operation, variables, data: Data::default() };
        let run = run.with(context.app.clone()).with(context.caller.clone());
        let executed = self.execute(run.with(context.snapshot.clone())).await;
        if let Some(error) = executed.errors.into_iter().next() {
            return Err(broken(error));
        }
        executed.data.ok_or_else(|| Error::internal("a page of an export has no data"))
    }
}

/// The only member of an answer.
fn only<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Result<T> {
    let answer: HashMap<&str, T> = serde_json::from_slice(text).map_err(Error::internal)?;
    let only = answer.into_values().next();
    only.ok_or_else(|| Error::internal("an export was answered with nothing"))
}

/// What a field that failed means for the export: a value would be missing without a word, so it
/// fails. What failed is told by its way through the query.
fn broken(error: ServerError) -> Error {
    let steps = error.path.iter().filter_map(|step| match step {
        PathSegment::Field(name) => Some(name.as_str()),
        PathSegment::Index(_) => None,
    });
    let path = steps.collect::<Vec<_>>().join(".");
    let source = error.source.and_then(|source| source.downcast::<Error>().ok());
    match source {
        Some(source) if is_ours(&source) => Error::Shared(source),
        Some(source) => {
            let message = format!("`{path}` could not be answered: {source}");
            Problem::field(ProblemCode::InvalidFormat, "query", message).into()
        }
        None => Error::internal(format!("`{path}` could not be answered: {}", error.message)),
    }
}

/// Whether it is a fault of ours, of which no client is told more.
fn is_ours(error: &Error) -> bool {
    match error {
        Error::Shared(error) => is_ours(error),
        error => matches!(error, Error::Internal(_)),
    }
}
