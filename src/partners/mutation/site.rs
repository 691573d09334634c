//! Mutations of the sites of partners.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{
    id::{PartnerSiteId, TypedId},
    partner_site,
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
    partners::{service::site::SiteDraft, types::PartnerSite},
    payload,
    roster::types::RecordStatus,
    upsert_input,
};

/// How a site should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PartnerSiteInput {
    /// The partner that works there; needed for a new site, unless your client is the partner's
    /// own. A site stays with its partner.
    partner_id: Option<ID>,
    /// The name of the place; needed for a new site.
    name: Option<String>,
    /// The street and number.
    street: MaybeUndefined<String>,
    /// The city.
    city: MaybeUndefined<String>,
    /// The state or province, as `AZ`.
    region: MaybeUndefined<String>,
    /// The postal code.
    postal_code: MaybeUndefined<String>,
    /// The country by its ISO 3166 code of two letters, as `US`; needed for a new site.
    country: Option<String>,
    /// Whether it is in use; ACTIVE for a new site.
    status: Option<RecordStatus>,
}

upsert_input!(PartnerSiteUpsertInput { site: PartnerSiteInput });
bulk_payload!(PartnerSiteBulkUpsertPayload, PartnerSiteUpsertResult { site: PartnerSite });
payload! {
    /// The site after the update.
    PartnerSiteUpdatePayload { site: PartnerSite }
}

impl PartnerSiteInput {
    fn draft(self, caller: &Caller) -> Result<SiteDraft, Vec<Problem>> {
        let mut reading = Reading::default();
        let draft = SiteDraft {
            partner: batch::owner(&mut reading, caller, self.partner_id.as_ref()),
            name: self.name,
            street: patched(self.street, Into::into),
            city: patched(self.city, Into::into),
            region: patched(self.region, Into::into),
            postal_code: patched(self.postal_code, Into::into),
            country: self.country,
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

/// Mutations of sites.
#[derive(Debug, Default)]
pub struct SiteMutation;

#[Object]
impl SiteMutation {
    /// Creates and updates sites of partners by your own system's keys. Sending the same rows again
    /// writes nothing.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn partner_site_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 250 rows.")] input: Vec<PartnerSiteUpsertInput>,
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
    ) -> Result<PartnerSiteBulkUpsertPayload> {
        let wanted = |row: PartnerSiteUpsertInput, caller: &Caller| {
            row.wanted(PartnerSiteId::PREFIX, |input| input.draft(caller))
        };
        let outcomes =
            batch::upsert::<partner_site::Entity, _>(ctx, input, error_policy, tenant_id, wanted);
        Ok(PartnerSiteBulkUpsertPayload::of(outcomes.await?))
    }

    /// Changes one site.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn partner_site_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which site.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")] input: PartnerSiteInput,
    ) -> Result<PartnerSiteUpdatePayload> {
        let draft = |caller: &Caller| input.draft(caller);
        let row =
            batch::update::<partner_site::Entity, PartnerSiteId>(ctx, &id, expected_version, draft);
        PartnerSiteUpdatePayload::of(row.await)
    }
}
