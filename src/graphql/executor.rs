//! What runs an operation, behind a door of our own.
//!
//! A query is answered by the read layer itself, as text. Mutations, and questions about the
//! schema, are run by async-graphql; nothing above this file knows its schema type.

use std::sync::Arc;

use async_graphql::{
    Data, Name, ObjectType, Positioned, Request, Schema, SchemaBuilder, ServerError,
    SubscriptionType, ValidationMode, Value, Variables,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationType},
    },
};
use futures_util::future::{BoxFuture, FutureExt};

use super::{
    Document, Operation, Refusal,
    object::{Object, Question, answer},
};
use crate::error::{Error, Result};

/// Validates documents, and runs those that are valid.
pub trait Executor: Send + Sync + 'static {
    /// What is wrong with a document, whatever its variables; nothing of it is run.
    fn validate(&self, document: ExecutableDocument) -> BoxFuture<'_, Vec<ServerError>>;

    /// Runs one operation of a document that is known to be valid.
    fn execute(&self, run: Run) -> BoxFuture<'_, Executed>;
}

/// An operation that may run, with what its resolvers ask for.
pub struct Run {
    pub(super) document: Arc<Document>,
    pub(super) operation: Arc<Operation>,
    pub(super) variables: Variables,
    pub(super) data: Data,
}

impl Run {
    /// Adds something that resolvers ask for.
    #[must_use]
    pub fn with<D: Send + Sync + 'static>(mut self, data: D) -> Self {
        self.data.insert(data);
        self
    }

    /// Puts something newer in the place of what resolvers asked for so far.
    pub fn renew<D: Send + Sync + 'static>(&mut self, data: D) {
        self.data.insert(data);
    }

    /// Something that it carries.
    pub fn data<D: Send + Sync + 'static>(&self) -> Result<&D> {
        let found = self.data.get(&std::any::TypeId::of::<D>());
        let found = found.and_then(|data| data.downcast_ref());
        found.ok_or_else(|| Error::internal("the operation lacks its context"))
    }

    pub(super) fn question(&self) -> Result<Question<'_>> {
        Ok(Question {
            operation: self.document.definition(&self.operation)?,
            fragments: &self.document.parsed().fragments,
            variables: &self.variables,
            data: &self.data,
        })
    }
}

/// What an operation brought.
#[derive(Debug, Default)]
pub struct Executed {
    /// The JSON of `data`; none when the executor refused to run it.
    pub data: Option<Vec<u8>>,
    /// What failed, not yet fit for a client.
    pub errors: Vec<ServerError>,
}

impl Executed {
    /// Whether anything was answered.
    #[must_use]
    pub fn has_data(&self) -> bool {
        self.data.as_ref().is_some_and(|data| data != b"null")
    }
}

/// The same schema twice: one that checks every rule and one that trusts what was checked.
///
/// async-graphql validates on every execution. A valid document stays valid, so the strict schema
/// sees each text once, and the fast one does the work.
#[derive(Clone)]
pub struct Schemas<Q, M, S> {
    strict: Schema<Q, M, S>,
    fast: Schema<Q, M, S>,
    queries: Option<Answer>,
}

/// How the read layer answers a query.
type Answer = for<'x> fn(Question<'x>) -> BoxFuture<'x, (Vec<u8>, Vec<ServerError>)>;

impl<Q, M, S> Schemas<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// Builds both from the same declaration. Give it a builder without limits: the guard holds
    /// them, with better words.
    #[must_use]
    pub fn build(builder: impl Fn() -> SchemaBuilder<Q, M, S>) -> Self {
        let finish =
            |mode| builder().validation_mode(mode).limit_recursive_depth(RECURSION).finish();
        let (strict, fast) = (finish(ValidationMode::Strict), finish(ValidationMode::Fast));
        Self { strict, fast, queries: None }
    }

    /// Queries begin on this type and are answered by the read layer.
    #[must_use]
    pub fn with_queries_of<T: Object<Row = ()>>(self) -> Self {
        Self { queries: Some(|question| answer::<T>(question).boxed()), ..self }
    }

    /// The schema to print, and to run subscriptions on.
    #[must_use]
    pub fn strict(&self) -> &Schema<Q, M, S> {
        &self.strict
    }
}

/// Above what the guard lets through, so that async-graphql's own limit is never met.
const RECURSION: usize = 128;

/// No operation of a document can have this name, since it is none.
const PROBE: &str = "(probe)";

impl<Q, M, S> Executor for Schemas<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    /// Validation covers all operations and execution only the named one, so an operation is added
    /// that does nothing, and that one is run.
    fn validate(&self, document: ExecutableDocument) -> BoxFuture<'_, Vec<ServerError>> {
        let probed = match with_probe(document) {
            Ok(probed) => probed,
            Err(error) => return std::future::ready(vec![error]).boxed(),
        };
        let mut request = Request::new("").operation_name(PROBE);
        request.set_parsed_query(probed);
        self.strict.execute(request).map(|response| response.errors).boxed()
    }

    fn execute(&self, run: Run) -> BoxFuture<'_, Executed> {
        let is_query = run.operation.kind == OperationType::Query;
        let queries = self.queries.filter(|_| is_query && !run.operation.asks_the_schema);
        async move {
            let executed = match queries {
                Some(queries) => read(run, queries).await,
                None => self.resolve(run).await,
            };
            executed.unwrap_or_else(|error| {
                let errors = vec![Refusal::at(error, &[])];
                Executed { data: None, errors }
            })
        }
        .boxed()
    }
}

impl<Q, M, S> Schemas<Q, M, S>
where
    Q: ObjectType + 'static,
    M: ObjectType + 'static,
    S: SubscriptionType + 'static,
{
    async fn resolve(&self, run: Run) -> Result<Executed> {
        let mut request = Request::new("");
        request.set_parsed_query(run.document.executable(&run.operation, &run.variables)?);
        request.data = run.data;
        let response = self.fast.execute(request.variables(run.variables)).await;
        // Every error of a field has a path, and without an error there is data.
        let was_refused = response.data == Value::Null
            && !response.errors.is_empty()
            && response.errors.iter().all(|error| error.path.is_empty());
        let data = if was_refused {
            None
        } else {
            Some(serde_json::to_vec(&response.data).map_err(Error::internal)?)
        };
        Ok(Executed { data, errors: response.errors })
    }
}

async fn read(run: Run, queries: Answer) -> Result<Executed> {
    let (data, errors) = queries(run.question()?).await;
    Ok(Executed { data: Some(data), errors })
}

fn with_probe(document: ExecutableDocument) -> Result<ExecutableDocument, ServerError> {
    let mut operations = match document.operations {
        DocumentOperations::Multiple(operations) => operations,
        DocumentOperations::Single(operation) => {
            [(Name::new("(anonymous)"), operation)].into_iter().collect()
        }
    };
    if let DocumentOperations::Single(probe) = parse_query("{ __typename }")?.operations {
        let probe = Positioned::new(probe.node, async_graphql::Pos::default());
        operations.insert(Name::new(PROBE), probe);
    }
    let fragments = document.fragments;
    Ok(ExecutableDocument { operations: DocumentOperations::Multiple(operations), fragments })
}
