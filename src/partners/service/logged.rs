//! Whose rows the bank's are, for the log of changes.

use entity::id::{
    AffiliationAgreementId, OpportunityId, PartnerContactId, PartnerId, PartnerSiteId,
};

use crate::{logged, store::Owners};

logged! {
    partner is PartnerId, of |row| Owners::partner(row.id);
    partner_site is PartnerSiteId, of |row| Owners::partner(row.partner_id);
    partner_contact is PartnerContactId, of |row| Owners::partner(row.partner_id);
    opportunity is OpportunityId, of |row| Owners::partner(row.partner_id);
    affiliation_agreement is AffiliationAgreementId,
        of |row| Owners::both(row.district_id, row.partner_id);
}
