//! Mutations of what partners offer.

mod step;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{
    id::{OpportunityId, TypedId},
    opportunity,
};

pub use step::OpportunityStepMutation;

use super::batch;
use crate::{
    auth::{Caller, Scope},
    bulk_payload,
    error::{Problem, Result},
    graphql::{
        bulk::ErrorPolicy,
        input::{Reading, patched},
        scalars::{Date, Decimal, Long},
        scope::scope,
    },
    partners::{
        service::opportunity::OpportunityDraft,
        types::{Opportunity, WorkBasedLearningKind},
    },
    payload, upsert_input,
};

/// How an opportunity should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct OpportunityInput {
    /// The partner that offers it; needed for a new one, unless your client is the partner's own.
    /// An opportunity stays with its partner.
    partner_id: Option<ID>,
    /// The site of the partner where it takes place.
    site_id: MaybeUndefined<ID>,
    /// What it is called; needed for a new one.
    title: Option<String>,
    /// What it is about, for students.
    description: MaybeUndefined<String>,
    /// Which form of work-based learning it is; needed for a new one.
    kind: Option<WorkBasedLearningKind>,
    /// The occupation by its O*NET-SOC code, as `29-1141.00`.
    occupation_code: MaybeUndefined<String>,
    /// Whether students are paid; false for a new one.
    is_paid: Option<bool>,
    /// The wage of an hour; only of paid work, and with its currency.
    hourly_wage: MaybeUndefined<Decimal>,
    /// The ISO 4217 code of the wage, as `USD`.
    wage_currency: MaybeUndefined<String>,
    /// The youngest age in years, from 12 to 25.
    minimum_age: MaybeUndefined<i32>,
    /// The time expected in a week, in minutes.
    weekly_minutes: MaybeUndefined<i32>,
    /// The first day.
    starts_on: MaybeUndefined<Date>,
    /// The last day, not before the first.
    ends_on: MaybeUndefined<Date>,
    /// How many students can come, from 1 to 500 and never fewer than have a seat already; needed
    /// for a new one.
    seats: Option<i32>,
}

upsert_input!(OpportunityUpsertInput { opportunity: OpportunityInput });
bulk_payload!(OpportunityBulkUpsertPayload, OpportunityUpsertResult { opportunity: Opportunity });
payload! {
    /// The new opportunity, a draft.
    OpportunityCreatePayload { opportunity: Opportunity }
    /// The opportunity after the update.
    OpportunityUpdatePayload { opportunity: Opportunity }
}

impl OpportunityInput {
    fn draft(self, caller: &Caller) -> Result<OpportunityDraft, Vec<Problem>> {
        let mut reading = Reading::default();
        let draft = OpportunityDraft {
            partner: batch::owner(&mut reading, caller, self.partner_id.as_ref()),
            site: reading.patched_id("siteId", &self.site_id),
            title: self.title,
            description: patched(self.description, Into::into),
            kind: self.kind.map(Into::into),
            occupation_code: patched(self.occupation_code, Into::into),
            is_paid: self.is_paid,
            hourly_wage_minor: patched(self.hourly_wage, |wage| wage.hundredths),
            wage_currency: patched(self.wage_currency, Into::into),
            minimum_age: patched(self.minimum_age, Into::into),
            weekly_minutes: patched(self.weekly_minutes, Into::into),
            starts_on: patched(self.starts_on, |day| day.0),
            ends_on: patched(self.ends_on, |day| day.0),
            seats: self.seats,
        };
        reading.finish(draft)
    }
}

/// Mutations that write opportunities.
#[derive(Debug, Default)]
pub struct OpportunityMutation;

#[Object]
impl OpportunityMutation {
    /// Creates and updates opportunities by your own system's keys. Sending the same rows again
    /// writes nothing. New ones are drafts until `opportunityOpen`.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn opportunity_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 250 rows.")] input: Vec<OpportunityUpsertInput>,
        #[graphql(
            desc = "What to do when some rows are refused.",
            default_with = "ErrorPolicy::RejectAll"
        )]
        error_policy: ErrorPolicy,
        #[graphql(
            desc = "The district or partner whose keys are used; needed from a platform client \
                    only."
        )]
        tenant_id: Option<ID>,
    ) -> Result<OpportunityBulkUpsertPayload> {
        let wanted = |row: OpportunityUpsertInput, caller: &Caller| {
            row.wanted(OpportunityId::PREFIX, |input| input.draft(caller))
        };
        let outcomes =
            batch::upsert::<opportunity::Entity, _>(ctx, input, error_policy, tenant_id, wanted);
        Ok(OpportunityBulkUpsertPayload::of(outcomes.await?))
    }

    /// Makes an opportunity. It is a draft, unseen by districts, until `opportunityOpen`.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn opportunity_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it should be.")] input: OpportunityInput,
    ) -> Result<OpportunityCreatePayload> {
        let row = batch::create::<opportunity::Entity>(ctx, |caller| input.draft(caller));
        OpportunityCreatePayload::of(row.await)
    }

    /// Changes one opportunity.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn opportunity_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which opportunity.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")] input: OpportunityInput,
    ) -> Result<OpportunityUpdatePayload> {
        let draft = |caller: &Caller| input.draft(caller);
        let row =
            batch::update::<opportunity::Entity, OpportunityId>(ctx, &id, expected_version, draft);
        OpportunityUpdatePayload::of(row.await)
    }
}
