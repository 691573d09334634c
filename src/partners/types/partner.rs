//! Partners.

use async_graphql::Enum;
use entity::{
    affiliation_agreement, id::PartnerId, opportunity, partner, partner_contact, partner_site,
};

use super::{AffiliationAgreement, Opportunity, PartnerContact, PartnerSite};
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    leaf_enums, object, order,
    roster::types::{RecordStatus, RecordStatusFilter},
    tracked,
};

/// What sort of organisation a partner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "partner::PartnerKind")]
pub enum PartnerKind {
    /// A business.
    Employer,
    /// A hospital, practice or other provider of care.
    Clinic,
    /// A public body or a charity.
    Agency,
    /// A school that takes trainees, as of teaching.
    School,
    /// Anything else.
    Other,
}

leaf_enums!(PartnerKind);
enum_filter!(pub PartnerKindFilter of PartnerKind as partner::PartnerKind);

filter! {
    pub PartnerWhere on partner::Entity as partner::Column {
        /// The global id.
        id: IdFilter => Id of PartnerId,
        /// The name.
        name: StringFilter => Name,
        /// What sort of organisation it is.
        kind: PartnerKindFilter => Kind,
        /// The industry by its NAICS code; a whole sector by `startsWith`.
        naics: StringFilter => Naics,
        /// Whether it is in use.
        status: RecordStatusFilter => Status,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PartnerOrder, PartnerOrderField on partner::Entity as partner::Column {
        /// By name.
        Name,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// An employer, clinic or agency that takes students. It exists once, whatever the number of
    /// districts that work with it.
    pub Partner(partner::Entity) is PartnerId, needs Scope::PartnersRead, by PartnerWhere, PartnerOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let partner = graph.node::<Partner>();
    partner.column("id", |row| Key(row.id), "The global id.");
    partner.column("name", |row| row.name.clone(), "The name as people know it.");
    partner.column("kind", |row| PartnerKind::from(row.kind), "What sort of organisation it is.");
    partner.column(
        "naics",
        |row| row.naics.clone(),
        "The industry: a NAICS code of two to six digits, as `6221`.",
    );
    partner.column("website", |row| row.website.clone(), "The address of its web site.");
    partner.column("description", |row| row.description.clone(), "What it does, for students.");
    partner.column(
        "status",
        |row| RecordStatus::from(row.status),
        "Whether it is in use; a retired partner takes no new students.",
    );
    partner
        .column(
            "isSandbox",
            |row| row.sandbox_id.is_some(),
            "Whether it is made up and belongs to a sandbox; no real district sees it.",
        )
        .reads([partner::Column::SandboxId]);
    declare_edges(partner);
    partner.external_ids();
    tracked!(partner);
}

fn declare_edges(partner: &mut Declaration<Partner>) {
    partner.has_many::<PartnerSite>(
        "sites",
        partner_site::Column::PartnerId,
        |row| row.id.into(),
        "The places where it works.",
    );
    partner.has_many::<PartnerContact>(
        "contacts",
        partner_contact::Column::PartnerId,
        |row| row.id.into(),
        "Its people who meet students or their school. A district sees them while an agreement \
         with the partner is in force.",
    );
    partner.has_many::<Opportunity>(
        "opportunities",
        opportunity::Column::PartnerId,
        |row| row.id.into(),
        "What it offers to students.",
    );
    partner.has_many::<AffiliationAgreement>(
        "affiliationAgreements",
        affiliation_agreement::Column::PartnerId,
        |row| row.id.into(),
        "The agreements under which it takes students; a district sees its own.",
    );
}
