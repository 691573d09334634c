//! The people of partners.

use async_graphql::Enum;
use entity::{
    id::{PartnerContactId, PartnerId, PartnerSiteId},
    partner_contact,
};

use super::{Partner, PartnerSite};
use crate::{
    auth::{Class, Scope},
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order,
    roster::types::PersonStatus,
    tracked,
};

/// What a person at a partner is to students.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "partner_contact::ContactRole")]
pub enum ContactRole {
    /// Guides a student and listens.
    Mentor,
    /// Directs the work and approves the hours.
    Supervisor,
    /// Teaches in practice, under a licence of their own.
    Preceptor,
    /// Handles the paperwork.
    Hr,
}

leaf_enums!(ContactRole);
enum_filter!(pub ContactRoleFilter of ContactRole as partner_contact::ContactRole);

filter! {
    pub PartnerContactWhere on partner_contact::Entity as partner_contact::Column {
        /// The global id.
        id: IdFilter => Id of PartnerContactId,
        /// The partner they work for.
        partner: IdFilter => PartnerId of PartnerId,
        /// The site where they work.
        site: IdFilter => SiteId of PartnerSiteId,
        /// The family name.
        family_name: StringFilter => FamilyName,
        /// What they are to students.
        role: ContactRoleFilter => Role,
        /// When the record last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PartnerContactOrder, PartnerContactOrderField on partner_contact::Entity as partner_contact::Column {
        /// By family name.
        FamilyName,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A person at a partner who meets students or their school: a mentor, supervisor, preceptor
    /// or somebody of the human resources.
    pub PartnerContact(partner_contact::Entity) is PartnerContactId, needs Scope::PartnersRead, by PartnerContactWhere, PartnerContactOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let contact = graph.node::<PartnerContact>();
    contact.column("id", |row| Key(row.id), "The global id.");
    contact
        .column("givenName", |row| row.given_name.clone(), "The first name.")
        .business_pii(Class::Name);
    contact
        .column("familyName", |row| row.family_name.clone(), "The family name.")
        .business_pii(Class::Name);
    contact
        .column("email", |row| row.email.clone(), "The address at work.")
        .business_pii(Class::Contact);
    contact
        .column("phone", |row| row.phone.clone(), "The telephone number at work.")
        .business_pii(Class::Contact);
    contact.column("title", |row| row.title.clone(), "The position, as `Charge Nurse`.");
    contact.column("role", |row| ContactRole::from(row.role), "What they are to students.");
    contact.column(
        "status",
        |row| PersonStatus::from(row.status),
        "Whether the person still takes part.",
    );
    contact.belongs_to::<Partner>(
        "partner",
        |row| Some(row.partner_id.into()),
        "The partner they work for.",
    );
    contact.belongs_to::<PartnerSite>(
        "site",
        |row| row.site_id.map(Into::into),
        "The site where they work.",
    );
    contact.external_ids();
    tracked!(contact);
}
