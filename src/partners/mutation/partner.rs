//! Mutations of partners.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{
    id::{PartnerId, TypedId},
    partner,
};

use super::batch;
use crate::{
    auth::{Caller, Scope},
    bulk_payload,
    error::{Problem, Result},
    graphql::{
        bulk::ErrorPolicy,
        input::{Reading, patched},
        scalars::Long,
        scope::scope,
    },
    partners::{
        service::partner::PartnerDraft,
        types::{Partner, PartnerKind},
    },
    payload,
    roster::types::RecordStatus,
    upsert_input,
};

/// How a partner should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PartnerInput {
    /// The name as people know it; needed for a new partner.
    name: Option<String>,
    /// What sort of organisation it is; needed for a new partner.
    kind: Option<PartnerKind>,
    /// The industry: a NAICS code of two to six digits, as `6221`.
    naics: MaybeUndefined<String>,
    /// The address of its web site, beginning with `https://` or `http://`.
    website: MaybeUndefined<String>,
    /// What it does, for students.
    description: MaybeUndefined<String>,
    /// Whether it is in use; ACTIVE for a new partner.
    status: Option<RecordStatus>,
}

upsert_input!(PartnerUpsertInput { partner: PartnerInput });
bulk_payload!(PartnerBulkUpsertPayload, PartnerUpsertResult { partner: Partner });
payload! {
    /// The new partner.
    PartnerCreatePayload { partner: Partner }
    /// The partner after the update.
    PartnerUpdatePayload { partner: Partner }
}

impl PartnerInput {
    fn draft(self, _: &Caller) -> Result<PartnerDraft, Vec<Problem>> {
        Reading::default().finish(PartnerDraft {
            name: self.name,
            kind: self.kind.map(Into::into),
            naics: patched(self.naics, Into::into),
            website: patched(self.website, Into::into),
            description: patched(self.description, Into::into),
            status: self.status.map(Into::into),
        })
    }
}

/// Mutations of partners.
#[derive(Debug, Default)]
pub struct PartnerMutation;

#[Object]
impl PartnerMutation {
    /// Creates and updates partners by your own system's keys. Sending the same rows again writes
    /// nothing. Once a partner has a client of its own, only that client changes it.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn partner_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 250 rows.")] input: Vec<PartnerUpsertInput>,
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
    ) -> Result<PartnerBulkUpsertPayload> {
        let wanted = |row: PartnerUpsertInput, caller: &Caller| {
            row.wanted(PartnerId::PREFIX, |input| input.draft(caller))
        };
        let outcomes =
            batch::upsert::<partner::Entity, _>(ctx, input, error_policy, tenant_id, wanted);
        Ok(PartnerBulkUpsertPayload::of(outcomes.await?))
    }

    /// Adds a partner to the bank that all districts share. Look for it in `partners` first: it
    /// should be there once.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn partner_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How it should be.")] input: PartnerInput,
    ) -> Result<PartnerCreatePayload> {
        let row = batch::create::<partner::Entity>(ctx, |caller| input.draft(caller));
        PartnerCreatePayload::of(row.await)
    }

    /// Changes one partner.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn partner_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which partner.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")] input: PartnerInput,
    ) -> Result<PartnerUpdatePayload> {
        let draft = |caller: &Caller| input.draft(caller);
        let row = batch::update::<partner::Entity, PartnerId>(ctx, &id, expected_version, draft);
        PartnerUpdatePayload::of(row.await)
    }
}
