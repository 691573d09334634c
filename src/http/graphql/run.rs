//! Runs an operation apart from its connection.
//!
//! A client that hangs up must not stop a mutation between two statements, so the operation runs
//! in a task of its own. A query is dropped with its connection; a mutation goes on to its end,
//! also past the deadline, and the process waits for it. A panic ends the task, and only the task.

use std::time::Duration;

use async_graphql::parser::types::OperationType;
use tokio::task::JoinError;
use tokio_util::task::AbortOnDropHandle;
use tracing::Instrument;

use crate::{
    app::Lifetime,
    error::{Code, Error, Result},
    graphql::Executed,
};

/// Waits for the operation until the deadline.
pub(super) async fn within(
    lifetime: &Lifetime,
    deadline: Duration,
    kind: OperationType,
    operation: impl Future<Output = Executed> + Send + 'static,
) -> Result<Executed> {
    let task = lifetime.spawn(operation.in_current_span());
    let joined = if kind == OperationType::Mutation {
        tokio::time::timeout(deadline, task).await
    } else {
        tokio::time::timeout(deadline, AbortOnDropHandle::new(task)).await
    };
    match joined {
        Ok(joined) => joined.map_err(broken),
        Err(_) => Err(Error::Timeout(deadline.as_millis().try_into().unwrap_or(u64::MAX))),
    }
}

fn broken(error: JoinError) -> Error {
    if error.is_cancelled() {
        return Error::argument(Code::Unavailable, "the server is shutting down");
    }
    Error::internal(error)
}
