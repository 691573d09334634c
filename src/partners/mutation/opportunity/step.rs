//! Opening and closing opportunities.

use async_graphql::{Context, ID, Object};
use entity::id::OpportunityId;

use crate::{
    auth::Scope,
    error::Result,
    graphql::{
        input::{actors, id_of},
        scalars::Long,
        scope::scope,
    },
    partners::{service::opportunity as service, types::Opportunity},
    payload,
};

payload! {
    /// The opportunity, now open.
    OpportunityOpenPayload { opportunity: Opportunity }
    /// The opportunity, now closed.
    OpportunityClosePayload { opportunity: Opportunity }
}

/// Mutations that move opportunities through their states.
#[derive(Debug, Default)]
pub struct OpportunityStepMutation;

#[Object]
impl OpportunityStepMutation {
    /// Shows a draft to districts, or opens a closed opportunity again: students can be matched to
    /// it.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn opportunity_open(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which opportunity.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<OpportunityOpenPayload> {
        let (app, caller) = actors(ctx)?;
        let id = id_of::<OpportunityId>("id", &id)?;
        let row = service::open(app, caller, id, expected_version.map(|seen| seen.0));
        OpportunityOpenPayload::of(row.await)
    }

    /// Lets an opportunity take no more students; those who have a seat keep it.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn opportunity_close(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which opportunity.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<OpportunityClosePayload> {
        let (app, caller) = actors(ctx)?;
        let id = id_of::<OpportunityId>("id", &id)?;
        let row = service::close(app, caller, id, expected_version.map(|seen| seen.0));
        OpportunityClosePayload::of(row.await)
    }
}
