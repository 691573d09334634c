//! Negotiating, signing and ending agreements.

use async_graphql::{Context, ID, Object};
use entity::id::AffiliationAgreementId;

use crate::{
    auth::Scope,
    error::Result,
    graphql::{
        input::{actors, id_of},
        scalars::{Date, Long},
        scope::scope,
    },
    partners::{service::affiliation as service, types::AffiliationAgreement},
    payload,
};

payload! {
    /// The agreement, now with both sides.
    AffiliationAgreementNegotiatePayload { affiliation_agreement: AffiliationAgreement }
    /// The agreement, a draft again.
    AffiliationAgreementRedraftPayload { affiliation_agreement: AffiliationAgreement }
    /// The agreement, now in force from its first day through its last.
    AffiliationAgreementActivatePayload { affiliation_agreement: AffiliationAgreement }
    /// The agreement, now ended.
    AffiliationAgreementTerminatePayload { affiliation_agreement: AffiliationAgreement }
}

/// Mutations that move agreements through their states.
#[derive(Debug, Default)]
pub struct AffiliationStepMutation;

#[Object]
impl AffiliationStepMutation {
    /// Lays a draft before both sides: it is NEGOTIATING.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn affiliation_agreement_negotiate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<AffiliationAgreementNegotiatePayload> {
        let (app, caller) = actors(ctx)?;
        let id = id_of::<AffiliationAgreementId>("id", &id)?;
        let row = service::negotiate(app, caller, id, expected_version.map(|seen| seen.0));
        AffiliationAgreementNegotiatePayload::of(row.await)
    }

    /// Takes a NEGOTIATING agreement back to be written anew: it is a DRAFT again.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn affiliation_agreement_redraft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<AffiliationAgreementRedraftPayload> {
        let (app, caller) = actors(ctx)?;
        let id = id_of::<AffiliationAgreementId>("id", &id)?;
        let row = service::redraft(app, caller, id, expected_version.map(|seen| seen.0));
        AffiliationAgreementRedraftPayload::of(row.await)
    }

    /// Puts an agreement in force once both sides have signed it.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn affiliation_agreement_activate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
    ) -> Result<AffiliationAgreementActivatePayload> {
        let (app, caller) = actors(ctx)?;
        let id = id_of::<AffiliationAgreementId>("id", &id)?;
        let row = service::activate(app, caller, id, expected_version.map(|seen| seen.0));
        AffiliationAgreementActivatePayload::of(row.await)
    }

    /// Ends an agreement: no more students are placed under it.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn affiliation_agreement_terminate(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which agreement.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "The last day for students who are already placed; from today through \
                          the agreement's last day.")]
        wind_down_until: Option<Date>,
    ) -> Result<AffiliationAgreementTerminatePayload> {
        let (app, caller) = actors(ctx)?;
        let id = id_of::<AffiliationAgreementId>("id", &id)?;
        let seen = expected_version.map(|seen| seen.0);
        let until = wind_down_until.map(|day| day.0);
        let row = service::terminate(app, caller, id, seen, until);
        AffiliationAgreementTerminatePayload::of(row.await)
    }
}
