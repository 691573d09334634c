//! Writing what partners offer, opening and closing it, and its seats.

mod seats;
mod step;

use chrono::NaiveDate;
use entity::{
    id::{PartnerId, PartnerSiteId},
    opportunity::{ActiveModel, Entity, Model, OpportunityState},
    wbl::WorkBasedLearningKind,
};

pub use seats::{free_seat, take_seat, take_seats};
pub use step::{close, open};

use super::{rights::Rights, site::Sites};
use crate::{
    error::{Problem, Result},
    partners::rules,
    store::{Synced, Write, assign, default_to},
};

/// How an opportunity should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct OpportunityDraft {
    pub partner: Option<PartnerId>,
    pub site: Option<Option<PartnerSiteId>>,
    pub title: Option<String>,
    pub description: Option<Option<String>>,
    pub kind: Option<WorkBasedLearningKind>,
    pub occupation_code: Option<Option<String>>,
    pub is_paid: Option<bool>,
    pub hourly_wage_minor: Option<Option<i64>>,
    pub wage_currency: Option<Option<String>>,
    pub minimum_age: Option<Option<i32>>,
    pub weekly_minutes: Option<Option<i32>>,
    pub starts_on: Option<Option<NaiveDate>>,
    pub ends_on: Option<Option<NaiveDate>>,
    pub seats: Option<i32>,
}

/// The partner of the stored row, or the one that a new row should have.
fn partner((draft, row): &(&OpportunityDraft, Option<&Model>)) -> Option<PartnerId> {
    row.map(|row| row.partner_id).or(draft.partner)
}

impl Synced for Entity {
    type Draft = OpportunityDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&OpportunityDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let rights = Rights::of(write, drafts.iter().filter_map(partner)).await?;
        let sites = drafts.iter().filter_map(|(draft, _)| draft.site.flatten());
        let sites = Sites::of(write, sites).await?;
        let check = |one: &(&OpportunityDraft, Option<&Model>)| {
            let (draft, row) = one;
            let mut problems = rules::opportunity(draft, *row);
            problems.extend(rights.check_row(draft.partner, row.map(|row| row.partner_id)));
            problems.extend(sites.check(draft.site.flatten(), partner(one)));
            problems
        };
        Ok(drafts.iter().map(check).collect())
    }

    fn assign(draft: &OpportunityDraft, row: &mut ActiveModel) {
        assign(&mut row.partner_id, draft.partner.as_ref());
        assign(&mut row.site_id, draft.site.as_ref());
        assign(&mut row.title, draft.title.as_ref());
        assign(&mut row.description, draft.description.as_ref());
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.occupation_code, draft.occupation_code.as_ref());
        assign(&mut row.is_paid, draft.is_paid.as_ref());
        assign(&mut row.hourly_wage_minor, draft.hourly_wage_minor.as_ref());
        assign(&mut row.wage_currency, draft.wage_currency.as_ref());
        assign(&mut row.minimum_age, draft.minimum_age.as_ref());
        assign(&mut row.weekly_minutes, draft.weekly_minutes.as_ref());
        assign(&mut row.starts_on, draft.starts_on.as_ref());
        assign(&mut row.ends_on, draft.ends_on.as_ref());
        assign(&mut row.seats, draft.seats.as_ref());
        default_to(&mut row.is_paid, false);
        default_to(&mut row.seats_taken, 0);
        default_to(&mut row.state, OpportunityState::Draft);
    }
}
