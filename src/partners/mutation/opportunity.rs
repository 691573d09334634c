//! Mutations of what partners offer.

mod step;

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{id::OpportunityId, opportunity};

pub use step::OpportunityStepMutation;

use super::bank::Bank;
use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::{Date, Decimal},
        synced::{Input, Read},
    },
    partners::{
        service::opportunity::OpportunityDraft,
        types::{Opportunity, WorkBasedLearningKind},
    },
    synced_mutations,
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

impl Input for OpportunityInput {
    type Draft = OpportunityDraft;
    type Home = Bank;

    fn draft(self, bank: Bank) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = OpportunityDraft {
            partner: bank.owner(&mut reading, self.partner_id.as_ref()),
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

synced_mutations! { of the bank:
    /// Mutations that write opportunities.
    OpportunityMutation of opportunity: Opportunity, rows opportunity::Entity, ids OpportunityId,
    reading OpportunityInput, needs Scope::PartnersWrite {
        /// Creates and updates opportunities by your own system's keys. Sending the same rows again
        /// writes nothing. New ones are drafts until `opportunityOpen`.
        opportunity_bulk_upsert(OpportunityUpsertInput) -> OpportunityBulkUpsertPayload, OpportunityUpsertResult;
        /// Changes one opportunity.
        opportunity_update -> OpportunityUpdatePayload;
        /// Makes an opportunity. It is a draft, unseen by districts, until `opportunityOpen`.
        opportunity_create -> OpportunityCreatePayload;
    }
}
