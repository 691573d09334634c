//! Mutations of runs of the matching.

use async_graphql::{Context, ID, InputObject, Object};

use crate::{
    auth::{Caller, Scope},
    error::{Error, Result},
    graphql::{
        input::{Reading, actors, district, id_of},
        scalars::{Date, Long},
        scope::scope,
    },
    matching::{
        service::{
            confirm::{self as settle, Which},
            run::{self as service, RunDraft},
        },
        types::{MatchPriority, MatchRun},
    },
    payload,
};

/// A run to be made.
#[derive(Debug, InputObject)]
pub struct MatchRunCreateInput {
    /// What you call it.
    name: String,
    /// What the lottery is drawn from, 1 to 100 bytes: tell it before the lists are closed, and
    /// nobody can say that it was chosen to please. The same lists, seats and seed come to the same
    /// result.
    seed: String,
    /// What comes before the lottery, the most important first; nothing when left out.
    priorities: Option<Vec<MatchPriority>>,
    /// The first day of placements whose opportunity has none of its own.
    starts_on: Date,
    /// The last day of placements whose opportunity has none of its own.
    ends_on: Date,
    /// The only opportunities whose seats are given away, 1 to 1000; all that are on a list when
    /// left out.
    opportunity_ids: Option<Vec<ID>>,
    /// The district, when a platform client makes it; else leave it out.
    district_id: Option<ID>,
}

payload! {
    /// The run, which is PROPOSED.
    MatchRunCreatePayload { match_run: MatchRun }
    /// The run, which is CONFIRMED.
    MatchRunConfirmPayload { match_run: MatchRun }
    /// The run, which is DISCARDED.
    MatchRunDiscardPayload { match_run: MatchRun }
}

/// Mutations of runs of the matching.
#[derive(Debug, Default)]
pub struct MatchRunMutation;

#[Object]
impl MatchRunMutation {
    /// Assigns all students with a list of wishes to the seats that are free, as a proposal. It
    /// changes no placement and takes no seat.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn match_run_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The run.")] input: MatchRunCreateInput,
    ) -> Result<MatchRunCreatePayload> {
        let (app, caller) = actors(ctx)?;
        MatchRunCreatePayload::of(match input.draft(caller) {
            Ok(draft) => service::create(app, caller, draft).await,
            Err(error) => Err(error),
        })
    }

    /// Makes every placement of a proposal, MATCHED and with its seat, or none: when seats were
    /// taken, agreements ended or students left in the meantime, everything that stands in the way
    /// is told, up to a hundred reasons. Make a new run then.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn match_run_confirm(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which run.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<MatchRunConfirmPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        MatchRunConfirmPayload::of(settle::confirm(app, caller, which).await)
    }

    /// Lets a proposal go.
    #[graphql(directive = scope::apply(Scope::PlacementsWrite.name().to_owned()))]
    async fn match_run_discard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which run.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<MatchRunDiscardPayload> {
        let (app, caller) = actors(ctx)?;
        let which = which(&id, expected_version)?;
        MatchRunDiscardPayload::of(settle::discard(app, caller, which).await)
    }
}

fn which(id: &ID, expected_version: Option<Long>) -> Result<Which> {
    let expected_version = expected_version.map(|version| version.0);
    Ok(Which { id: id_of("id", id)?, expected_version })
}

impl MatchRunCreateInput {
    fn draft(self, caller: &Caller) -> Result<RunDraft> {
        let mut reading = Reading::default();
        let only = reading.ids("opportunityIds", self.opportunity_ids.as_deref());
        let draft = RunDraft {
            district: district(caller, self.district_id.as_ref())?,
            name: self.name,
            seed: self.seed,
            priorities: self.priorities.unwrap_or_default().into_iter().map(Into::into).collect(),
            starts_on: self.starts_on.0,
            ends_on: self.ends_on.0,
            only,
        };
        reading.finish(draft).map_err(|problems| Error::Invalid(problems).under(&["input"]))
    }
}
