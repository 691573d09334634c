//! The executor behind a door of our own: nothing above it knows async-graphql's schema type.

use async_graphql::{
    Name, ObjectType, Positioned, Request, Response, Schema, SchemaBuilder, ServerError,
    SubscriptionType, ValidationMode,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument},
    },
};
use futures_util::future::{BoxFuture, FutureExt};

/// Validates documents, and runs those that are valid.
pub trait Executor: Send + Sync + 'static {
    /// What is wrong with a document, whatever its variables; nothing of it is run.
    fn validate(&self, document: ExecutableDocument) -> BoxFuture<'_, Vec<ServerError>>;

    /// Runs the one operation of a document that is known to be valid.
    fn execute(&self, request: Request) -> BoxFuture<'_, Response>;
}

/// The same schema twice: one that checks every rule and one that trusts what was checked.
///
/// async-graphql validates on every execution. A valid document stays valid, so the strict schema
/// sees each text once, and the fast one does the work.
#[derive(Clone)]
pub struct Schemas<Q, M, S> {
    strict: Schema<Q, M, S>,
    fast: Schema<Q, M, S>,
}

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
        Self { strict: finish(ValidationMode::Strict), fast: finish(ValidationMode::Fast) }
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

    fn execute(&self, request: Request) -> BoxFuture<'_, Response> {
        self.fast.execute(request).boxed()
    }
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
