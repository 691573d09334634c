//! The scenes of the story, in the order of time.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Outcome, PlacementPlan, Plan, Term, YEARS};
use crate::demo::calendar::{at, day, shifted};

/// Something that happens, told in one go. Numbers are places in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// Districts and partners sign up and agree with each other.
    Beginning,
    /// Districts renew the agreements that run out.
    Renewal,
    /// One agreement is ended.
    Parting,
    /// Students move up, come and go; classes are set up.
    NewYear(usize),
    /// Students tell of their interests in the first days of the year.
    Interests(usize),
    /// They visit workplaces in the winter.
    Visits(usize),
    /// Partners say what they offer in the year, and close what they offered before.
    Offers(usize),
    /// Classes that met in this part of the year get their results.
    Results(usize, Term),
    /// A placement is proposed.
    Proposed(usize),
    /// It is agreed on.
    Matched(usize),
    /// It begins.
    Started(usize),
    /// It reaches its end, or is called off.
    Over(usize),
    /// A partner's portal hands in the hours of the week that ends on this Saturday.
    HandedIn(usize, NaiveDate),
    /// Supervisors look at these hours.
    Reviewed(usize, NaiveDate),
    /// Hours that were wrong are put right.
    Mended(usize, NaiveDate),
    /// Supervisors look at what was put right.
    Settled(usize, NaiveDate),
}

/// Minutes after midnight, in UTC, at which things happen.
const MORNING: i64 = 15 * 60;
const NOON: i64 = 18 * 60;
const AFTERNOON: i64 = 21 * 60;
const EVENING: i64 = 23 * 60;

/// Everything that has happened up to now.
pub fn scenes(plan: &Plan) -> Vec<(DateTime<Utc>, Scene)> {
    let mut scenes = vec![(at(shifted(plan.years[0].rollover(), -40), MORNING), Scene::Beginning)];
    let ended = plan.years[1].ends;
    scenes.push((at(day(ended, 5, 12), MORNING), Scene::Renewal));
    scenes.push((at(day(ended, 1, 31), NOON), Scene::Parting));
    for year in 0..YEARS {
        of_year(plan, year, &mut scenes);
    }
    for (placement, planned) in plan.placements.iter().enumerate() {
        of_placement(placement, planned, &mut scenes);
    }
    of_hours(plan, &mut scenes);
    scenes.retain(|(when, _)| *when <= plan.now);
    // What happens at the same time keeps its order: a match comes after its proposal.
    scenes.sort_by_key(|(when, _)| *when);
    scenes
}

fn of_year(plan: &Plan, year: usize, scenes: &mut Vec<(DateTime<Utc>, Scene)>) {
    let calendar = plan.years[year];
    let rollover = calendar.rollover();
    let results = |until, term| (at(shifted(until, 4), NOON), Scene::Results(year, term));
    scenes.push((at(rollover, 0), Scene::NewYear(year)));
    scenes.push((at(rollover, 1), Scene::Offers(year)));
    scenes.push((at(rollover, MORNING), Scene::Interests(year)));
    scenes.push((at(day(calendar.ends, 2, 10), AFTERNOON), Scene::Visits(year)));
    scenes.push(results(calendar.fall().until, Term::Fall));
    scenes.push(results(calendar.spring().until, Term::Spring));
    scenes.push(results(calendar.spring().until, Term::Year));
}

fn of_placement(
    placement: usize,
    planned: &PlacementPlan,
    scenes: &mut Vec<(DateTime<Utc>, Scene)>,
) {
    let course = planned.course;
    scenes.push((at(planned.proposed_on, MORNING), Scene::Proposed(placement)));
    if planned.is_matched() {
        scenes.push((at(planned.matched_on, NOON), Scene::Matched(placement)));
    }
    let begins =
        !matches!(course.outcome, Outcome::Proposed | Outcome::Matched | Outcome::Cancelled);
    if begins {
        scenes.push((at(course.starts_on, AFTERNOON), Scene::Started(placement)));
    }
    let over =
        matches!(course.outcome, Outcome::Completed | Outcome::Cancelled | Outcome::Terminated);
    if over {
        let on = course.ended_on.max(planned.proposed_on);
        scenes.push((at(on, EVENING), Scene::Over(placement)));
    }
}

fn of_hours(plan: &Plan, scenes: &mut Vec<(DateTime<Utc>, Scene)>) {
    let weeks: BTreeSet<_> = plan
        .placements
        .iter()
        .flat_map(|placement| placement.days.iter().map(|day| (day.due, placement.partner)))
        .collect();
    for (due, partner) in weeks {
        scenes.push((at(due, NOON), Scene::HandedIn(partner, due)));
        // Supervisors take a week, so that there is always something waiting for them.
        scenes.push((at(shifted(due, 9), MORNING), Scene::Reviewed(partner, due)));
        scenes.push((at(shifted(due, 12), NOON), Scene::Mended(partner, due)));
        scenes.push((at(shifted(due, 16), MORNING), Scene::Settled(partner, due)));
    }
}
