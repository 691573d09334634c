//! The sites of partners.

use entity::{
    id::{PartnerId, PartnerSiteId},
    opportunity, partner_contact, partner_site,
};

use super::{Opportunity, Partner, PartnerContact};
use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    object, order,
    roster::types::RecordStatus,
    tracked,
};

filter! {
    pub PartnerSiteWhere on partner_site::Entity as partner_site::Column {
        /// The global id.
        id: IdFilter => Id of PartnerSiteId,
        /// The partner that works there.
        partner: IdFilter => PartnerId of PartnerId,
        /// The name.
        name: StringFilter => Name,
        /// The city.
        city: StringFilter => City,
        /// The state or province.
        region: StringFilter => Region,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PartnerSiteOrder, PartnerSiteOrderField on partner_site::Entity as partner_site::Column {
        /// By name.
        Name,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A place where a partner works and students come to.
    pub PartnerSite(partner_site::Entity) is PartnerSiteId, needs Scope::PartnersRead, by PartnerSiteWhere, PartnerSiteOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let site = graph.node::<PartnerSite>();
    site.column("id", |row| Key(row.id), "The global id.");
    site.column("name", |row| row.name.clone(), "The name of the place.");
    site.column("street", |row| row.street.clone(), "The street and number.");
    site.column("city", |row| row.city.clone(), "The city.");
    site.column("region", |row| row.region.clone(), "The state or province, as `AZ`.");
    site.column("postalCode", |row| row.postal_code.clone(), "The postal code.");
    site.column(
        "country",
        |row| row.country.clone(),
        "The country by its ISO 3166 code of two letters, as `US`.",
    );
    site.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    site.belongs_to::<Partner>(
        "partner",
        |row| Some(row.partner_id.into()),
        "The partner that works there.",
    );
    site.has_many::<Opportunity>(
        "opportunities",
        opportunity::Column::SiteId,
        |row| row.id.into(),
        "What is offered to students there.",
    );
    site.has_many::<PartnerContact>(
        "contacts",
        partner_contact::Column::SiteId,
        |row| row.id.into(),
        "The partner's people who work there.",
    );
    site.external_ids();
    tracked!(site);
}
