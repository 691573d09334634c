//! Mutations of the sites of partners.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{id::PartnerSiteId, partner_site};

use super::bank::Bank;
use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    partners::{service::site::SiteDraft, types::PartnerSite},
    roster::types::RecordStatus,
    synced_mutations,
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

impl Input for PartnerSiteInput {
    type Draft = SiteDraft;
    type Home = Bank;

    fn draft(self, bank: Bank) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = SiteDraft {
            partner: bank.owner(&mut reading, self.partner_id.as_ref()),
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

synced_mutations! { of the bank:
    /// Mutations of sites.
    SiteMutation of site: PartnerSite, rows partner_site::Entity, ids PartnerSiteId,
    reading PartnerSiteInput, needs Scope::PartnersWrite {
        /// Creates and updates sites of partners by your own system's keys. Sending the same rows again
        /// writes nothing.
        partner_site_bulk_upsert(PartnerSiteUpsertInput) -> PartnerSiteBulkUpsertPayload, PartnerSiteUpsertResult;
        /// Changes one site.
        partner_site_update -> PartnerSiteUpdatePayload;
    }
}
