//! Mutations of the people of partners.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{id::PartnerContactId, partner_contact};

use super::bank::Bank;
use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    partners::{
        service::contact::ContactDraft,
        types::{ContactRole, PartnerContact},
    },
    roster::types::PersonStatus,
    synced_mutations,
};

/// How a contact should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PartnerContactInput {
    /// The partner they work for; needed for a new contact, unless your client is the partner's
    /// own. A contact stays with its partner.
    partner_id: Option<ID>,
    /// The site of the partner where they work.
    site_id: MaybeUndefined<ID>,
    /// The first name; needed for a new contact.
    given_name: Option<String>,
    /// The family name; needed for a new contact.
    family_name: Option<String>,
    /// The address at work.
    email: MaybeUndefined<String>,
    /// The telephone number at work.
    phone: MaybeUndefined<String>,
    /// The position, as `Charge Nurse`.
    title: MaybeUndefined<String>,
    /// What they are to students; needed for a new contact.
    role: Option<ContactRole>,
    /// Whether they still take part; ACTIVE for a new contact.
    status: Option<PersonStatus>,
}

impl Input for PartnerContactInput {
    type Draft = ContactDraft;
    type Home = Bank;

    fn draft(self, bank: Bank) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = ContactDraft {
            partner: bank.owner(&mut reading, self.partner_id.as_ref()),
            site: reading.patched_id("siteId", &self.site_id),
            given_name: self.given_name,
            family_name: self.family_name,
            email: patched(self.email, Into::into),
            phone: patched(self.phone, Into::into),
            title: patched(self.title, Into::into),
            role: self.role.map(Into::into),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of the bank:
    /// Mutations of contacts.
    ContactMutation of contact: PartnerContact, rows partner_contact::Entity, ids PartnerContactId,
    reading PartnerContactInput, needs Scope::PartnersWrite {
        /// Creates and updates people at partners by your own system's keys. Sending the same rows
        /// again writes nothing. A district writes them while an agreement with the partner is in
        /// force.
        partner_contact_bulk_upsert(PartnerContactUpsertInput) -> PartnerContactBulkUpsertPayload, PartnerContactUpsertResult;
        /// Changes one contact.
        partner_contact_update -> PartnerContactUpdatePayload;
    }
}
