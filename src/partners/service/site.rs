//! Writing the sites of partners.

use std::collections::HashMap;

use entity::{
    id::{PartnerId, PartnerSiteId},
    partner_site::{ActiveModel, Column, Entity, Model},
    status::RecordStatus,
};
use sea_orm::QueryFilter;
use uuid::Uuid;

use super::rights::Rights;
use crate::{
    error::{Problem, Result},
    partners::rules,
    store::{Synced, Write, any_of, assign, default_to, visible},
};

/// How a site should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct SiteDraft {
    pub partner: Option<PartnerId>,
    pub name: Option<String>,
    pub street: Option<Option<String>>,
    pub city: Option<Option<String>>,
    pub region: Option<Option<String>>,
    pub postal_code: Option<Option<String>>,
    pub country: Option<String>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = SiteDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&SiteDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let partner = |(draft, row): &(&SiteDraft, Option<&Model>)| {
            row.map(|row| row.partner_id).or(draft.partner)
        };
        let rights = Rights::of(write, drafts.iter().filter_map(partner)).await?;
        let check = |(draft, row): &(&SiteDraft, Option<&Model>)| {
            let mut problems = rules::site(draft, row.is_none());
            problems.extend(rights.check_row(draft.partner, row.map(|row| row.partner_id)));
            problems
        };
        Ok(drafts.iter().map(check).collect())
    }

    fn assign(draft: &SiteDraft, row: &mut ActiveModel) {
        assign(&mut row.partner_id, draft.partner.as_ref());
        assign(&mut row.name, draft.name.as_ref());
        assign(&mut row.street, draft.street.as_ref());
        assign(&mut row.city, draft.city.as_ref());
        assign(&mut row.region, draft.region.as_ref());
        assign(&mut row.postal_code, draft.postal_code.as_ref());
        assign(&mut row.country, draft.country.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// The sites that drafts point to, with their partners.
pub(super) struct Sites(HashMap<PartnerSiteId, PartnerId>);

impl Sites {
    /// Looks up those that the caller may see.
    pub(super) async fn of(
        write: &Write<'_>,
        ids: impl Iterator<Item = PartnerSiteId> + Send,
    ) -> Result<Self> {
        let ids: Vec<Uuid> = ids.map(Into::into).collect();
        if ids.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let among = any_of(write.backend(), Column::Id, &ids);
        let rows = visible::<Entity>(write.caller).filter(among).all(&write.tx).await?;
        Ok(Self(rows.into_iter().map(|row| (row.id, row.partner_id)).collect()))
    }

    /// Refuses a site that is not the partner's.
    pub(super) fn check(
        &self,
        site: Option<PartnerSiteId>,
        partner: Option<PartnerId>,
    ) -> Option<Problem> {
        let owner = self.0.get(&site?).copied();
        (owner.is_none() || partner.is_some() && owner != partner)
            .then(|| Problem::reference("siteId", "site of the partner"))
    }
}
