//! One request for one operation, from its text to its answer.

use std::sync::Arc;

use async_graphql::{
    Data, ErrorExtensionValues, PathSegment, ServerError, parser::types::OperationType,
};
use serde_json::{Map, Value as Json};

use super::{
    Document, Documents, Executed, Executor, Operation, Run,
    check::{self, Cost, Scopes},
    guard::Limits,
    model::{Model, ModelError},
    variables,
};
use crate::{
    auth::Caller,
    error::{Code, Error},
};

/// The id under which the log holds what happened to a request; in the data of every request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub Arc<str>);

/// Why a request was not run.
#[derive(Debug)]
pub struct Refusal {
    /// The stable code of those errors that carry none themselves.
    pub code: Code,
    /// What is wrong, not yet fit for a client: [`present`](crate::error::present) makes it so.
    pub errors: Vec<ServerError>,
}

impl Refusal {
    /// A refusal in the executor's words.
    #[must_use]
    pub fn new(code: Code, errors: Vec<ServerError>) -> Self {
        Self { code, errors }
    }

    pub(super) fn at(error: Error, path: &[String]) -> ServerError {
        let path = path.iter().cloned().map(PathSegment::Field).collect();
        let mut shown = ServerError::new(error.to_string(), None).with_path(path);
        shown.source = Some(Arc::new(error));
        shown
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { code: error.code(), errors: vec![Self::at(error, &[])] }
    }
}

/// An operation that may run.
pub struct Plan {
    /// What the executor gets; whoever runs it adds the data that resolvers ask for.
    pub run: Run,
    /// Query, mutation or subscription.
    pub kind: OperationType,
    /// The price that was computed beforehand.
    pub cost: Cost,
}

/// The API: a schema, what is known of it, and the documents that were understood.
pub struct Api {
    executor: Box<dyn Executor>,
    sdl: String,
    model: Arc<Model>,
    limits: Limits,
    documents: Documents,
}

impl Api {
    /// The API of a schema, with its printed form.
    pub fn new(executor: impl Executor, sdl: &str, limits: Limits) -> Result<Self, ModelError> {
        Ok(Self {
            executor: Box::new(executor),
            sdl: sdl.to_owned(),
            model: Arc::new(Model::parse(sdl)?),
            limits,
            documents: Documents::default(),
        })
    }

    /// The schema as it is printed.
    #[must_use]
    pub fn sdl(&self) -> &str {
        &self.sdl
    }

    /// The schema as a client reads it.
    #[must_use]
    pub fn model(&self) -> &Arc<Model> {
        &self.model
    }

    /// The name of the type on which queries begin.
    #[must_use]
    pub fn query_type_name(&self) -> &str {
        self.model.root(OperationType::Query).unwrap_or("Query")
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The document of this text, measured and validated.
    pub async fn document(&self, text: &str) -> Result<Arc<Document>, Refusal> {
        self.documents.get(text, &self.limits, &self.model, self.executor.as_ref()).await
    }

    /// Checks the caller's scopes, coerces the variables and adds up the cost.
    pub fn plan(
        &self,
        document: &Arc<Document>,
        operation: &Arc<Operation>,
        given: Map<String, Json>,
        caller: &Caller,
    ) -> Result<Plan, Refusal> {
        check_scopes(&operation.scopes, caller)?;
        let definition = document.definition(operation)?;
        let variables = variables::coerce(&self.model, definition, given)?;
        let cost = check::cost(&self.model, document.parsed(), definition, &variables);
        if cost.total > self.limits.cost {
            return Err(too_dear(&cost, self.limits.cost));
        }
        let (document, operation) = (Arc::clone(document), Arc::clone(operation));
        let kind = operation.kind;
        Ok(Plan { run: Run { document, operation, variables, data: Data::default() }, kind, cost })
    }

    /// Runs a planned request.
    pub async fn execute(&self, run: Run) -> Executed {
        self.executor.execute(run).await
    }
}

fn check_scopes(scopes: &Scopes, caller: &Caller) -> Result<(), Refusal> {
    let denied = scopes.denied.iter().map(|path| {
        let message = format!("the field `{}` is not open to clients", path.join("."));
        Refusal::at(Error::argument(Code::Forbidden, message), path)
    });
    let lacking = scopes.needed.iter().filter(|needed| !caller.scopes.contains(needed.scope));
    let lacking =
        lacking.map(|needed| Refusal::at(Error::Forbidden { scope: needed.scope }, &needed.path));
    let errors: Vec<_> = denied.chain(lacking).collect();
    if errors.is_empty() { Ok(()) } else { Err(Refusal::new(Code::Forbidden, errors)) }
}

fn too_dear(cost: &Cost, maximum: u64) -> Refusal {
    let dearest: Vec<_> =
        cost.dearest.iter().map(|(path, points)| format!("{path} ({points})")).collect();
    let message = format!(
        "the operation costs {} points, the maximum is {maximum}; dearest: {}",
        cost.total,
        dearest.join(", ")
    );
    let mut error = ServerError::new(message, None);
    let mut values = ErrorExtensionValues::default();
    values.set("requestedCost", cost.total);
    values.set("maximum", maximum);
    error.extensions = Some(values);
    Refusal::new(Code::CostLimitExceeded, vec![error])
}
