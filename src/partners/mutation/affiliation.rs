//! Mutations of affiliation agreements.

mod step;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{affiliation_agreement, id::AffiliationAgreementId};

pub use step::AffiliationStepMutation;

use super::bank::Bank;
use crate::{
    auth::{Scope, Tenant},
    error::Result,
    graphql::{
        input::{Reading, patched},
        scalars::{Date, Decimal, Long},
        scope::scope,
        synced::{self, Input, Named, Read},
    },
    partners::{service::affiliation::AgreementDraft, types::AffiliationAgreement},
    payload,
};

/// A new agreement between a district and a partner.
#[derive(Debug, InputObject)]
pub struct AffiliationAgreementCreateInput {
    /// The district; needed from a platform client only.
    district_id: Option<ID>,
    /// The partner.
    partner_id: ID,
    /// The first day in force.
    starts_on: Date,
    /// The last day in force, not before the first.
    ends_on: Date,
    /// How many students at a time; no limit when absent.
    max_students: Option<i32>,
    /// The liability cover that is required; with its currency.
    insurance_amount: Option<Decimal>,
    /// The ISO 4217 code of the cover, as `USD`.
    insurance_currency: Option<String>,
    /// The programs that it covers.
    programs: Option<String>,
    /// Anything else that was agreed.
    terms: Option<String>,
}

/// How an agreement should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct AffiliationAgreementUpdateInput {
    /// The first day in force.
    starts_on: Option<Date>,
    /// The last day in force, not before the first.
    ends_on: Option<Date>,
    /// How many students at a time.
    max_students: MaybeUndefined<i32>,
    /// The liability cover that is required; with its currency.
    insurance_amount: MaybeUndefined<Decimal>,
    /// The ISO 4217 code of the cover, as `USD`.
    insurance_currency: MaybeUndefined<String>,
    /// The programs that it covers.
    programs: MaybeUndefined<String>,
    /// Anything else that was agreed.
    terms: MaybeUndefined<String>,
}

payload! {
    /// The new agreement, a draft.
    AffiliationAgreementCreatePayload { affiliation_agreement: AffiliationAgreement }
    /// The agreement after the update.
    AffiliationAgreementUpdatePayload { affiliation_agreement: AffiliationAgreement }
}

impl Input for AffiliationAgreementCreateInput {
    type Draft = AgreementDraft;
    type Home = Bank;

    fn draft(self, bank: Bank) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let named = reading.optional_id("districtId", self.district_id.as_ref());
        let draft = AgreementDraft {
            district: match bank.writer {
                Tenant::District(own) => named.or(Some(own)),
                Tenant::Partner(_) | Tenant::Platform => named,
            },
            partner: reading.id("partnerId", &self.partner_id),
            starts_on: Some(self.starts_on.0),
            ends_on: Some(self.ends_on.0),
            max_students: Some(self.max_students),
            insurance_minor: Some(self.insurance_amount.map(|amount| amount.hundredths)),
            insurance_currency: Some(self.insurance_currency),
            programs: Some(self.programs),
            terms: Some(self.terms),
        };
        reading.finish(draft)
    }
}

impl Input for AffiliationAgreementUpdateInput {
    type Draft = AgreementDraft;
    type Home = Bank;

    fn draft(self, _: Bank) -> Read<Self::Draft> {
        Ok(AgreementDraft {
            district: None,
            partner: None,
            starts_on: self.starts_on.map(|day| day.0),
            ends_on: self.ends_on.map(|day| day.0),
            max_students: patched(self.max_students, Into::into),
            insurance_minor: patched(self.insurance_amount, |amount| amount.hundredths),
            insurance_currency: patched(self.insurance_currency, Into::into),
            programs: patched(self.programs, Into::into),
            terms: patched(self.terms, Into::into),
        })
    }
}

/// Mutations that write agreements.
#[derive(Debug, Default)]
pub struct AffiliationMutation;

#[Object]
impl AffiliationMutation {
    /// Drafts an agreement with a partner. Students can be placed once it is activated, by
    /// `affiliationAgreementActivate`.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn affiliation_agreement_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it should be.")] input: AffiliationAgreementCreateInput,
    ) -> Result<AffiliationAgreementCreatePayload> {
        let row = synced::create::<affiliation_agreement::Entity, _>(ctx, input);
        AffiliationAgreementCreatePayload::of(row.await?)
    }

    /// Changes one agreement, as long as it is not terminated.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn affiliation_agreement_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")]
        input: AffiliationAgreementUpdateInput,
    ) -> Result<AffiliationAgreementUpdatePayload> {
        let named = Named { id, expected_version, home: None };
        let row = synced::update::<affiliation_agreement::Entity, AffiliationAgreementId, _>(
            ctx, named, input,
        );
        AffiliationAgreementUpdatePayload::of(row.await?)
    }
}
