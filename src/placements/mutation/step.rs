//! Mutations that move placements from state to state.

use async_graphql::{Context, ID, InputObject, Object};

use crate::{
    auth::Scope,
    error::Result,
    graphql::{
        input::{actors, id_of},
        scalars::{Date, Long},
        scope::scope,
    },
    payload,
    placements::{
        service::transition::{self, Which},
        types::Placement,
    },
};

/// How a placement began.
#[derive(Debug, Default, InputObject)]
pub struct PlacementStartInput {
    /// The first day as it happened: today when it is left out, never in the future, never before
    /// `startsOn`.
    started_on: Option<Date>,
}

/// How a placement ended.
#[derive(Debug, Default, InputObject)]
pub struct PlacementCompleteInput {
    /// The last day as it happened: today when it is left out, never in the future, never before
    /// `startedOn`.
    ended_on: Option<Date>,
}

/// Why a placement comes to nothing.
#[derive(Debug, InputObject)]
pub struct PlacementCancelInput {
    /// The reason, in words for both sides; at most 255 characters.
    reason: String,
}

/// Why and when a placement was broken off.
#[derive(Debug, InputObject)]
pub struct PlacementTerminateInput {
    /// The reason, in words for both sides; at most 255 characters.
    reason: String,
    /// The last day as it happened: today when it is left out, never in the future, never before
    /// `startedOn`.
    ended_on: Option<Date>,
}

payload! {
    /// The placement after the match.
    PlacementMatchPayload { placement: Placement }
    /// The placement after its start.
    PlacementStartPayload { placement: Placement }
    /// The placement after its end.
    PlacementCompletePayload { placement: Placement }
    /// The placement that was given up.
    PlacementCancelPayload { placement: Placement }
    /// The placement that was broken off.
    PlacementTerminatePayload { placement: Placement }
}

fn which(id: &ID, expected_version: Option<Long>) -> Result<Which> {
    let expected_version = expected_version.map(|version| version.0);
    Ok(Which { id: id_of("id", id)?, expected_version })
}

/// Mutations that move placements from state to state.
#[derive(Debug, Default)]
pub struct PlacementStepMutation;

#[Object]
impl PlacementStepMutation {
    /// Agrees on a PROPOSED placement: it is MATCHED, and holds a seat of its opportunity. Of two
    /// who ask for the last seat at the same time one gets it, the other a `StateError` with the
    /// blocker `SEATS_TAKEN`.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_match(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which placement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<PlacementMatchPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        PlacementMatchPayload::of(transition::match_seat(app, caller, which).await)
    }

    /// Begins a MATCHED placement: it is ACTIVE. Everything that stands in the way is told at once:
    /// the affiliation agreement must be in force through the last day, the student must still take
    /// part, and the first day must have come.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_start(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which placement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "How it began.")] input: Option<PlacementStartInput>,
    ) -> Result<PlacementStartPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        let started_on = input.unwrap_or_default().started_on.map(|day| day.0);
        PlacementStartPayload::of(transition::start(app, caller, which, started_on).await)
    }

    /// Ends an ACTIVE placement that has reached its end: it is COMPLETED.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_complete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which placement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "How it ended.")] input: Option<PlacementCompleteInput>,
    ) -> Result<PlacementCompletePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        let ended_on = input.unwrap_or_default().ended_on.map(|day| day.0);
        PlacementCompletePayload::of(transition::complete(app, caller, which, ended_on).await)
    }

    /// Gives up a PROPOSED or MATCHED placement: it is CANCELLED, and its seat is free again.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which placement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "The reason for it.")] input: PlacementCancelInput,
    ) -> Result<PlacementCancelPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        PlacementCancelPayload::of(transition::cancel(app, caller, which, input.reason).await)
    }

    /// Breaks off an ACTIVE placement: it is TERMINATED, and its seat is free again.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn placement_terminate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which placement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "Why and when.")] input: PlacementTerminateInput,
    ) -> Result<PlacementTerminatePayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        let ended_on = input.ended_on.map(|day| day.0);
        let row = transition::terminate(app, caller, which, input.reason, ended_on);
        PlacementTerminatePayload::of(row.await)
    }
}
