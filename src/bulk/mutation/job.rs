//! Mutations of jobs of either kind.

use async_graphql::{Context, ID, Object};

use crate::{
    auth::Scope,
    bulk::{service::state, types::Job},
    error::Result,
    graphql::{
        input::{actors, id_of},
        scope::scope,
    },
    payload,
};

payload! {
    /// The job, canceled or about to be.
    JobCancelPayload { job: Job }
}

/// Mutations of jobs of either kind.
#[derive(Debug, Default)]
pub struct JobMutation;

#[Object]
impl JobMutation {
    /// Cancels a job that has not come to its end. One that waits is CANCELED at once. One that is
    /// RUNNING stops as soon as it can: what it has written by then stays written, and its result
    /// says which lines that are.
    #[graphql(directive = scope::apply(Scope::BulkManage.name().to_owned()))]
    async fn job_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which job.")] id: ID,
    ) -> Result<JobCancelPayload> {
        let (app, caller) = actors(ctx)?;
        let id = id_of("id", &id)?;
        JobCancelPayload::of(state::cancel(app, caller, id).await)
    }
}
