//! Mutations of the people of partners.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{
    id::{PartnerContactId, TypedId},
    partner_contact,
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
        service::contact::ContactDraft,
        types::{ContactRole, PartnerContact},
    },
    payload,
    roster::types::PersonStatus,
    upsert_input,
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

upsert_input!(PartnerContactUpsertInput { contact: PartnerContactInput });
bulk_payload!(
    PartnerContactBulkUpsertPayload,
    PartnerContactUpsertResult { contact: PartnerContact }
);
payload! {
    /// The contact after the update.
    PartnerContactUpdatePayload { contact: PartnerContact }
}

impl PartnerContactInput {
    fn draft(self, caller: &Caller) -> Result<ContactDraft, Vec<Problem>> {
        let mut reading = Reading::default();
        let draft = ContactDraft {
            partner: batch::owner(&mut reading, caller, self.partner_id.as_ref()),
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

/// Mutations of contacts.
#[derive(Debug, Default)]
pub struct ContactMutation;

#[Object]
impl ContactMutation {
    /// Creates and updates people at partners by your own system's keys. Sending the same rows
    /// again writes nothing. A district writes them while an agreement with the partner is in
    /// force.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn partner_contact_bulk_upsert(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 250 rows.")] input: Vec<PartnerContactUpsertInput>,
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
    ) -> Result<PartnerContactBulkUpsertPayload> {
        let wanted = |row: PartnerContactUpsertInput, caller: &Caller| {
            row.wanted(PartnerContactId::PREFIX, |input| input.draft(caller))
        };
        let outcomes = batch::upsert::<partner_contact::Entity, _>(
            ctx,
            input,
            error_policy,
            tenant_id,
            wanted,
        );
        Ok(PartnerContactBulkUpsertPayload::of(outcomes.await?))
    }

    /// Changes one contact.
    #[graphql(directive = scope::apply(Scope::PartnersWrite.name().to_owned()))]
    async fn partner_contact_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which contact.")] id: ID,
        #[graphql(desc = "The version you have seen; a stale one is refused.")]
        expected_version: Option<Long>,
        #[graphql(desc = "What is absent is kept; null clears.")] input: PartnerContactInput,
    ) -> Result<PartnerContactUpdatePayload> {
        let draft = |caller: &Caller| input.draft(caller);
        let row = batch::update::<partner_contact::Entity, PartnerContactId>(
            ctx,
            &id,
            expected_version,
            draft,
        );
        PartnerContactUpdatePayload::of(row.await)
    }
}
