//! What can be asked of the bank of partners.

use super::types::{AffiliationAgreement, Opportunity, Partner, PartnerContact, PartnerSite};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<Partner>("partner", "A partner by its global id.");
    query.by_key::<Partner>("partnerByKey", "A partner by your own system's key.");
    query.list::<Partner>("partners", "The partners that you may see.");
    query.get::<PartnerSite>("partnerSite", "A site of a partner by its global id.");
    query.by_key::<PartnerSite>("partnerSiteByKey", "A site by your own system's key.");
    query.list::<PartnerSite>("partnerSites", "The sites of partners that you may see.");
    query.get::<PartnerContact>("partnerContact", "A person at a partner by the global id.");
    query.by_key::<PartnerContact>(
        "partnerContactByKey",
        "A person at a partner by your own system's key.",
    );
    query.list::<PartnerContact>(
        "partnerContacts",
        "The people at partners that you may see; for a district, those of partners with an \
         agreement in force.",
    );
    query.get::<Opportunity>("opportunity", "An opportunity by its global id.");
    query.by_key::<Opportunity>("opportunityByKey", "An opportunity by your own system's key.");
    query.list::<Opportunity>(
        "opportunities",
        "The opportunities that you may see; ask for `state: { eq: OPEN }` to match students.",
    );
    query.get::<AffiliationAgreement>(
        "affiliationAgreement",
        "An affiliation agreement by its global id.",
    );
    query.list::<AffiliationAgreement>(
        "affiliationAgreements",
        "The affiliation agreements that you may see: a district's or a partner's own.",
    );
}
