//! Writing the people of partners.

use entity::{
    id::{PartnerId, PartnerSiteId},
    partner_contact::{ActiveModel, ContactRole, Entity, Model},
    status::PersonStatus,
};

use super::{
    rights::{PeopleRights, Rights},
    site::Sites,
};
use crate::{
    error::{Problem, Result},
    partners::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a contact should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct ContactDraft {
    pub partner: Option<PartnerId>,
    pub site: Option<Option<PartnerSiteId>>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    pub email: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub title: Option<Option<String>>,
    pub role: Option<ContactRole>,
    pub status: Option<PersonStatus>,
}

/// The partner of the stored row, or the one that a new row should have.
fn partner((draft, row): &(&ContactDraft, Option<&Model>)) -> Option<PartnerId> {
    row.map(|row| row.partner_id).or(draft.partner)
}

impl Synced for Entity {
    type Draft = ContactDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&ContactDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let rights = Rights::of(write, drafts.iter().filter_map(partner)).await?;
        let people = PeopleRights::of(write, drafts.iter().filter_map(partner)).await?;
        let sites = drafts.iter().filter_map(|(draft, _)| draft.site.flatten());
        let sites = Sites::of(write, sites).await?;
        let check = |one: &(&ContactDraft, Option<&Model>)| {
            let (draft, row) = one;
            let mut problems = rules::contact(draft, row.is_none());
            let of_partner = rights.check_row(draft.partner, row.map(|row| row.partner_id));
            if of_partner.is_empty() {
                problems.extend(partner(one).and_then(|partner| people.check(partner)));
            }
            problems.extend(of_partner);
            problems.extend(sites.check(draft.site.flatten(), partner(one)));
            problems
        };
        Ok(drafts.iter().map(check).collect())
    }

    fn assign(draft: &ContactDraft, row: &mut ActiveModel) {
        assign(&mut row.partner_id, draft.partner.as_ref());
        assign(&mut row.site_id, draft.site.as_ref());
        assign(&mut row.given_name, draft.given_name.as_ref());
        assign(&mut row.family_name, draft.family_name.as_ref());
        assign(&mut row.email, draft.email.as_ref());
        assign(&mut row.phone, draft.phone.as_ref());
        assign(&mut row.title, draft.title.as_ref());
        assign(&mut row.role, draft.role.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, PersonStatus::Active);
    }
}
