//! Mutations of partners.

use std::sync::OnceLock;

use async_graphql::{InputObject, MaybeUndefined};
use entity::{id::PartnerId, partner};

use super::bank::Bank;
use crate::{
    auth::Scope,
    graphql::{
        input::patched,
        synced::{Input, Read},
    },
    partners::{
        service::partner::PartnerDraft,
        types::{Partner, PartnerKind},
    },
    roster::types::RecordStatus,
    synced_mutations,
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

impl Input for PartnerInput {
    type Draft = PartnerDraft;
    type Home = Bank;

    fn draft(self, _: Bank) -> Read<Self::Draft> {
        Ok(PartnerDraft {
            name: self.name,
            kind: self.kind.map(Into::into),
            naics: patched(self.naics, Into::into),
            website: patched(self.website, Into::into),
            description: patched(self.description, Into::into),
            status: self.status.map(Into::into),
            sandbox: OnceLock::new(),
        })
    }
}

synced_mutations! { of the bank:
    /// Mutations of partners.
    PartnerMutation of partner: Partner, rows partner::Entity, ids PartnerId,
    reading PartnerInput, needs Scope::PartnersWrite {
        /// Creates and updates partners by your own system's keys. Sending the same rows again writes
        /// nothing. Once a partner has a client of its own, only that client changes it.
        partner_bulk_upsert(PartnerUpsertInput) -> PartnerBulkUpsertPayload, PartnerUpsertResult;
        /// Changes one partner.
        partner_update -> PartnerUpdatePayload;
        /// Adds a partner to the bank that all districts share. Look for it in `partners` first: it
        /// should be there once.
        partner_create -> PartnerCreatePayload;
    }
}
