//! From the parameters of a request to an operation that may run, and to its answer.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use tracing::{Instrument, Span};

use super::{Gateway, answer::Answer, failure::Failure, parameters::Parameters, run};
use crate::{
    auth::Caller,
    error::{Code, Error},
    graphql::{Operation, RequestId, Run, once::Promises},
    telemetry::{field, metrics::Kind, traces},
};

/// What the log takes of an operation's name.
const LONGEST_LOGGED_NAME: usize = 100;

/// How an operation came, which decides what it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::http) enum Way {
    /// `GET /graphql`, which a browser repeats as it likes.
    Get,
    /// `POST /graphql`, which answers once.
    Post,
    /// `GET /graphql/stream`.
    EventsByGet,
    /// Any other stream.
    Stream,
}

impl Way {
    fn check(self, kind: OperationType) -> Result<(), Failure> {
        match (self, kind) {
            (Self::Get | Self::EventsByGet, OperationType::Mutation) => {
                Err(Failure::method("POST"))
            }
            (Self::Get | Self::Post, OperationType::Subscription) => {
                let message =
                    "this address answers queries and mutations; a subscription needs a stream";
                Err(Error::argument(Code::SubscriptionTransport, message).into())
            }
            _ => Ok(()),
        }
    }
}

/// An operation that may run, for its caller.
pub(in crate::http) struct Prepared {
    /// What runs.
    pub(in crate::http) run: Run,
    kind: OperationType,
    cost: u64,
    promises: Arc<Promises>,
    span: Span,
}

impl Prepared {
    /// Whether it is answered again and again.
    pub(in crate::http) fn is_subscription(&self) -> bool {
        self.kind == OperationType::Subscription
    }
}

impl Gateway {
    /// Understands the document, and checks everything that is checked before it runs.
    pub(in crate::http) async fn prepare(
        &self,
        parameters: Parameters,
        way: Way,
        caller: Caller,
        id: &RequestId,
        kind: &mut Kind,
    ) -> Result<Prepared, Failure> {
        let document = self.api.document(&parameters.query).await?;
        let operation = document.operation(parameters.operation_name.as_deref())?;
        Span::current().record(field::OPERATION, name_of(operation).unwrap_or(field::NONE));
        way.check(operation.kind)?;
        *kind = match operation.kind {
            OperationType::Query => Kind::Query,
            OperationType::Mutation => Kind::Mutation,
            OperationType::Subscription => Kind::Subscription,
        };
        let plan = self.api.plan(&document, operation, parameters.variables, &caller)?;
        let once = parameters.idempotency_key.as_deref();
        let promises = Arc::new(Promises::of(&plan.run, once, &caller)?);
        let run = plan.run.with(caller).with(self.app.clone()).with(id.clone());
        // A mutation that begins an export looks whether it could be done.
        let run = match plan.kind {
            OperationType::Mutation => run.with(Arc::clone(&self.api)),
            OperationType::Query | OperationType::Subscription => run,
        };
        Ok(Prepared {
            run: run.with(Arc::clone(&promises)),
            kind: plan.kind,
            cost: plan.cost.total,
            promises,
            span: traces::operation(&operation.kind.to_string(), name_of(operation)),
        })
    }

    /// Runs a query or a mutation.
    pub(in crate::http) async fn execute(&self, prepared: Prepared) -> Result<Answer, Failure> {
        let Prepared { run, kind, cost, promises, span } = prepared;
        let api = Arc::clone(&self.api);
        let (lifetime, deadline) = (&self.app.lifetime, self.app.config.request_deadline);
        let operation = async move { api.execute(run).await }.instrument(span);
        let response = run::within(lifetime, deadline, kind, operation);
        Ok(Answer::executed(response.await?, cost, promises.replays()))
    }
}

/// The client chose the name, so the log takes as much of it as a person would choose.
fn name_of(operation: &Operation) -> Option<&str> {
    let name = operation.name()?;
    Some(name.get(..LONGEST_LOGGED_NAME).unwrap_or(name))
}
