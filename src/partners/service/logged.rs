//! Whose rows the bank's are, for the log of changes.

use entity::{
    affiliation_agreement,
    id::{AffiliationAgreementId, OpportunityId, PartnerContactId, PartnerId, PartnerSiteId},
    partner,
    status::RecordStatus,
};

use crate::{
    logged,
    store::{
        Owners,
        view::{Move, Stage},
    },
};

logged! {
    partner is PartnerId,
        of |row| Owners { district: row.sandbox_id.map(Into::into), partner: Some(row.id.into()) },
        without ["sandbox_id"], moving of_partner by ["status"];
    partner_site is PartnerSiteId, of |row| Owners::partner(row.partner_id);
    partner_contact is PartnerContactId, of |row| Owners::partner(row.partner_id);
    opportunity is OpportunityId, of |row| Owners::partner(row.partner_id);
    affiliation_agreement is AffiliationAgreementId,
        of |row| Owners::both(row.district_id, row.partner_id),
        moving of_agreement by ["state", "starts_on", "ends_on"];
}

fn of_partner(row: &partner::Model, stage: Stage) -> Option<Move> {
    let moved = Move::Partner { partner: row.id, is_used: row.status == RecordStatus::Active };
    (stage == Stage::After).then_some(moved)
}

fn of_agreement(row: &affiliation_agreement::Model, stage: Stage) -> Option<Move> {
    let (district, partner) = (row.district_id, row.partner_id);
    let moved = Move::Tie { district, partner, is_new: stage == Stage::New };
    (stage != Stage::Before).then_some(moved)
}
