//! Whole lists: a query that names lists and no pages, answered page by page to its end.
//!
//! An export is a query whose root fields are lists of the schema, each with `nodes { … }` and
//! nothing else. Which page comes next is not asked by the client: `first`, `after` and `pageInfo`
//! are put into the document here, and each page is answered by the very layer that answers every
//! other query. What a client may read by pages it may export, and nothing besides.
//!
//! All pages are read from one state of the record ([`Snapshot`]), so a list is as it was at one
//! instant. A list inside a node would come cut off at its first page; rather than lose what is
//! behind, an export refuses it and says how to ask for it.

mod columns;
mod page;
mod rewrite;
mod rules;

use std::sync::Arc;

use async_graphql::Variables;
use serde_json::{Map, Value as Json};

pub use columns::Column;
pub use page::Page;

use super::{Api, Document, Operation, check, variables};
use crate::{
    app::App,
    auth::Caller,
    error::{Error, Problem, ProblemCode, Result, plain_words},
    store::Snapshot,
};

/// Lists of one export.
pub const MOST_LISTS: usize = 10;
/// Nodes that are read at once.
pub const LARGEST_PAGE: i32 = 1_000;
/// Points that a page may cost, by the measure of other queries: dear nodes come fewer at a time.
pub const PAGE_COST: u64 = 20_000;

/// A query that may be exported.
pub struct Export {
    lists: Vec<List>,
    variables: Variables,
}

/// One list of an export.
pub struct List {
    /// Its key in the query.
    pub key: String,
    /// The values of a node, in the order of the query.
    pub columns: Vec<Column>,
    pages: Asked,
    count: Asked,
}

/// A document with one operation.
struct Asked {
    document: Arc<Document>,
    operation: Arc<Operation>,
}

/// For whom an export is read, and from what.
#[derive(Clone)]
pub struct Context {
    /// The shared state.
    pub app: App,
    /// Who gets it.
    pub caller: Caller,
    /// The state of the record.
    pub snapshot: Arc<Snapshot>,
}

impl Export {
    /// The lists, in the order of the query.
    #[must_use]
    pub fn lists(&self) -> &[List] {
        &self.lists
    }
}

impl Api {
    /// The export that a text asks for, held against every rule and the caller's scopes.
    ///
    /// What is wrong with the text lies under `query`, what is wrong with the values under
    /// `variables`.
    pub async fn export(
        &self,
        text: &str,
        given: Map<String, Json>,
        caller: &Caller,
    ) -> Result<Export> {
        let document = self.document(text).await.map_err(|refusal| {
            let problem = |error: &async_graphql::ServerError| wrong(&words(error));
            Error::Invalid(refusal.errors.iter().map(problem).collect())
        })?;
        let operation = document.operation(None).map_err(|_| {
            Error::from(wrong("an export is one query; the document has several operations"))
        })?;
        let definition = document.definition(operation)?;
        rules::check_kind(operation)?;
        let variables = variables::coerce(self.model(), definition, given).map_err(|error| {
            Problem::field(ProblemCode::InvalidFormat, "variables", error.to_string())
        })?;
        let fields = rules::lists(self.model(), &document, definition, &variables)?;
        if let Some(lacking) =
            operation.scopes.needed.iter().find(|needed| !caller.scopes.contains(needed.scope))
        {
            return Err(Error::Forbidden { scope: lacking.scope });
        }
        let lists = fields.iter().map(|field| {
            let rewriter = rewrite::Rewriter { document: &document, definition, field };
            self.list(&rewriter, &variables)
        });
        Ok(Export { lists: lists.collect::<Result<_>>()?, variables })
    }

    fn list(&self, rewriter: &rewrite::Rewriter<'_>, variables: &Variables) -> Result<List> {
        let key = rewriter.field.response_key().node.to_string();
        let one = self.asked(rewriter.pages(1))?;
        let definition = one.document.definition(&one.operation)?;
        let cost = check::cost(self.model(), one.document.parsed(), definition, variables).total;
        if cost > self.limits().cost {
            let message = format!(
                "a node of `{key}` costs {cost} points, the maximum is {}",
                self.limits().cost
            );
            return Err(Problem::field(ProblemCode::LimitExceeded, "query", message).into());
        }
        let size = i32::try_from(PAGE_COST / cost.max(1)).unwrap_or(LARGEST_PAGE);
        let columns = columns::of(self.model(), rewriter.document, rewriter.field, variables);
        Ok(List {
            columns,
            pages: self.asked(rewriter.pages(size.clamp(1, LARGEST_PAGE)))?,
            count: self.asked(rewriter.count())?,
            key,
        })
    }

    fn asked(&self, parsed: async_graphql::parser::types::ExecutableDocument) -> Result<Asked> {
        let document = Arc::new(Document::new(0, parsed, self.model()));
        let operation = Arc::clone(document.operation(None)?);
        Ok(Asked { document, operation })
    }
}

fn wrong(message: &str) -> Problem {
    Problem::field(ProblemCode::InvalidFormat, "query", message)
}

/// What is wrong with a document, and where.
fn words(error: &async_graphql::ServerError) -> String {
    let message = plain_words(&error.message);
    error.locations.first().map_or_else(
        || message.to_owned(),
        |at| format!("{message} (line {}, column {})", at.line, at.column),
    )
}
