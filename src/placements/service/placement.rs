//! Writing the terms of placements, one or many.
//!
//! A partner client writes its own placements, of students whom it already sees through another
//! one, and leaves coordinator, course and goal to the district. New placements are PROPOSED.

use entity::{
    id::PartnerId,
    placement::{ActiveModel, Entity, Model, PlacementState},
};
use sea_orm::ActiveEnum;

use super::{
    draft::{Filled, PlacementDraft},
    references::References,
    worlds,
};
use crate::{
    auth::Tenant,
    error::{Blocker, Detail, Problem, ProblemCode, Result},
    partners::service::affiliation,
    placements::rules::placement::{self as rules, Terms},
    store::{Synced, Write, assign, default_to},
};

impl Synced for Entity {
    type Draft = PlacementDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&PlacementDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let found = References::look_up(write, drafts).await?;
        let mut all = Vec::with_capacity(drafts.len());
        for (draft, row) in drafts {
            let mut problems = match row {
                None => fresh(write, draft, &found),
                Some(row) => stored(draft, row, &found),
            };
            let changed = rules::changed(draft, *row);
            problems.extend(rules::decided_by_district(write.caller.tenant, &changed));
            if let Some(row) = row {
                problems.extend(rules::settled(row.state, &changed));
                problems.extend(longer(write, draft, row).await?);
            }
            all.push(problems);
        }
        worlds::check(write, drafts, &mut all).await?;
        Ok(all)
    }

    fn assign(draft: &PlacementDraft, row: &mut ActiveModel) {
        assign(&mut row.student_id, draft.student.as_ref());
        assign(&mut row.opportunity_id, draft.opportunity.as_ref());
        assign(&mut row.site_id, draft.site.as_ref());
        assign(&mut row.mentor_id, draft.mentor.as_ref());
        assign(&mut row.supervisor_id, draft.supervisor.as_ref());
        assign(&mut row.coordinator_id, draft.coordinator.as_ref());
        assign(&mut row.course_id, draft.course.as_ref());
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.starts_on, draft.starts_on.as_ref());
        assign(&mut row.ends_on, draft.ends_on.as_ref());
        assign(&mut row.goal_minutes, draft.goal_minutes.as_ref());
        assign(&mut row.is_paid, draft.is_paid.as_ref());
        assign(&mut row.hourly_wage_minor, draft.hourly_wage_minor.as_ref());
        assign(&mut row.wage_currency, draft.wage_currency.as_ref());
        if let Some(filled) = draft.filled.get() {
            default_to(&mut row.district_id, filled.district);
            default_to(&mut row.partner_id, filled.partner);
            default_to(&mut row.kind, filled.kind);
            default_to(&mut row.site_id, filled.site);
            default_to(&mut row.is_paid, filled.is_paid);
            default_to(&mut row.hourly_wage_minor, filled.hourly_wage_minor);
            default_to(&mut row.wage_currency, filled.wage_currency.clone());
        }
        default_to(&mut row.state, PlacementState::Proposed);
    }
}

/// The partner that the caller is, when it is one.
fn own_partner(write: &Write<'_>) -> Option<PartnerId> {
    match write.caller.tenant {
        Tenant::Partner(id) => Some(id),
        Tenant::District(_) | Tenant::Platform => None,
    }
}

/// What is wrong with a new placement; what its opportunity says fills what the draft leaves out.
fn fresh(write: &Write<'_>, draft: &PlacementDraft, found: &References) -> Vec<Problem> {
    let (district, partner) = (found.district(draft), found.partner(draft, own_partner(write)));
    let known = (district.as_ref().ok().copied(), partner.as_ref().ok().copied());
    let mut problems: Vec<_> = [district.err(), partner.err()].into_iter().flatten().collect();
    problems.extend(found.dangling((draft, None), known.0, known.1));
    let offer = found.opportunity(draft);
    let is_paid = draft.is_paid.or(offer.map(|offer| offer.is_paid)).unwrap_or(false);
    let offer_that_pays = offer.filter(|_| is_paid);
    let wage = draft.hourly_wage_minor.unwrap_or(offer_that_pays.and_then(|o| o.hourly_wage_minor));
    let currency = draft
        .wage_currency
        .clone()
        .unwrap_or_else(|| offer_that_pays.and_then(|offer| offer.wage_currency.clone()));
    let terms = Terms {
        starts_on: draft.starts_on,
        ends_on: draft.ends_on,
        started_on: None,
        is_paid,
        wage,
        currency: currency.clone(),
    };
    problems.extend(rules::terms(&terms, draft.goal_minutes.flatten()));
    let kind = draft.kind.or(offer.map(|offer| offer.kind));
    let Some(kind) = kind else {
        problems.push(Problem::required("kind"));
        return problems;
    };
    if let (Some(district), Some(partner)) = known {
        let site = offer.and_then(|offer| offer.site_id);
        let filled = Filled {
            district,
            partner,
            kind,
            site,
            is_paid,
            hourly_wage_minor: wage,
            wage_currency: currency,
        };
        // The same draft is checked once; a second look would find the same.
        draft.filled.get_or_init(|| filled);
    }
    problems
}

/// What is wrong with the changes of a placement.
fn stored(draft: &PlacementDraft, row: &Model, found: &References) -> Vec<Problem> {
    let mut problems = Vec::new();
    if draft.district.is_some_and(|district| district != row.district_id) {
        problems.push(Problem::reference("key", "placement"));
    }
    problems.extend(found.dangling(
        (draft, Some(row)),
        Some(row.district_id),
        Some(row.partner_id),
    ));
    let terms = Terms {
        starts_on: draft.starts_on.or(Some(row.starts_on)),
        ends_on: draft.ends_on.or(Some(row.ends_on)),
        started_on: row.started_on,
        is_paid: draft.is_paid.unwrap_or(row.is_paid),
        wage: draft.hourly_wage_minor.unwrap_or(row.hourly_wage_minor),
        currency: draft.wage_currency.clone().unwrap_or_else(|| row.wage_currency.clone()),
    };
    problems.extend(rules::terms(&terms, draft.goal_minutes.flatten()));
    problems
}

/// A placement under way is prolonged only as far as the affiliation agreement reaches.
async fn longer(write: &Write<'_>, draft: &PlacementDraft, row: &Model) -> Result<Option<Problem>> {
    let later = draft.ends_on.filter(|day| *day > row.ends_on);
    let Some(last) = later.filter(|_| row.state == PlacementState::Active) else { return Ok(None) };
    let today = write.now.date_naive();
    let covered =
        affiliation::in_force(write, row.district_id, row.partner_id, today, last).await?;
    Ok(covered.err().map(|blockers| too_long(row, blockers)))
}

fn too_long(row: &Model, blockers: Vec<Blocker>) -> Problem {
    let reasons: Vec<_> = blockers.iter().map(|blocker| blocker.message.as_str()).collect();
    let message = reasons.join("; ");
    let state = row.state.to_value();
    let allowed = row.state.may_become().iter().map(ActiveEnum::to_value).collect();
    let detail = Detail::State { from: state.clone(), to: state, allowed, blockers };
    Problem::with(ProblemCode::InvalidStateTransition, "endsOn", message, detail)
}
