//! What must hold for the terms of a placement.

use chrono::NaiveDate;
use entity::placement::{Model, PlacementState};

use super::word;
use crate::{
    auth::Tenant,
    error::{Detail, Problem, ProblemCode, Problems},
    placements::service::draft::PlacementDraft,
};

/// The longest goal that makes sense: five years of full-time work.
const LONGEST_GOAL: i32 = 5 * 52 * 40 * 60;

/// The highest wage of an hour, in minor units.
const HIGHEST_WAGE: i64 = 100_000;

/// The terms as they would stand after the write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// First day, as planned.
    pub starts_on: Option<NaiveDate>,
    /// Last day, as planned.
    pub ends_on: Option<NaiveDate>,
    /// First day, as it happened.
    pub started_on: Option<NaiveDate>,
    /// Whether the student is paid.
    pub is_paid: bool,
    /// Wage of an hour, in minor units.
    pub wage: Option<i64>,
    /// The wage's currency.
    pub currency: Option<String>,
}

/// What is wrong with the terms themselves.
#[must_use]
pub fn terms(terms: &Terms, goal: Option<i32>) -> Vec<Problem> {
    let mut problems = Problems::of_row(true);
    dates(terms, &mut problems);
    problems.range("goalMinutes", goal, 1..=LONGEST_GOAL);
    pay(terms, &mut problems);
    problems.found()
}

fn dates(terms: &Terms, problems: &mut Problems) {
    problems.present("startsOn", terms.starts_on.as_ref());
    problems.present("endsOn", terms.ends_on.as_ref());
    if let (Some(first), Some(last)) = (terms.started_on.or(terms.starts_on), terms.ends_on)
        && last < first
    {
        let message = format!("the last day cannot lie before the first, {first}");
        problems.refuse(ProblemCode::OutOfRange, "endsOn", message);
    }
}

fn pay(terms: &Terms, problems: &mut Problems) {
    if terms.wage.is_some_and(|wage| !(1..=HIGHEST_WAGE).contains(&wage)) {
        let message = "from 0.01 to 1000.00 is allowed";
        problems.refuse(ProblemCode::OutOfRange, "hourlyWage", message);
    }
    if terms.wage.is_some() && !terms.is_paid {
        let message = "there is no wage where `isPaid` is false";
        problems.refuse(ProblemCode::OutOfRange, "hourlyWage", message);
    }
    match (&terms.wage, &terms.currency) {
        (Some(_), None) => {
            problems.refuse(ProblemCode::Required, "wageCurrency", "a wage has a currency");
        }
        (None, Some(_)) => {
            problems.refuse(ProblemCode::Required, "hourlyWage", "a currency stands with a wage");
        }
        _ => {}
    }
    let is_code = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    let expected = "an ISO 4217 code of three capital letters, as `USD`,";
    problems.form("wageCurrency", terms.currency.as_deref(), is_code, expected);
}

/// What may still change in a state.
///
/// Student and partner never do: another student or partner makes another placement. From the match
/// on, the opportunity stays too, for its seat is held.
fn open_in(state: PlacementState) -> &'static [&'static str] {
    match state {
        PlacementState::Proposed => &[
            "opportunityId",
            "kind",
            "siteId",
            "mentorId",
            "supervisorId",
            "coordinatorId",
            "courseId",
            "startsOn",
            "endsOn",
            "goalMinutes",
            "isPaid",
            "hourlyWage",
            "wageCurrency",
        ],
        PlacementState::Matched => &[
            "kind",
            "siteId",
            "mentorId",
            "supervisorId",
            "coordinatorId",
            "courseId",
            "startsOn",
            "endsOn",
            "goalMinutes",
            "isPaid",
            "hourlyWage",
            "wageCurrency",
        ],
        PlacementState::Active => {
            &["mentorId", "supervisorId", "coordinatorId", "courseId", "endsOn", "goalMinutes"]
        }
        PlacementState::Completed | PlacementState::Cancelled | PlacementState::Terminated => &[],
    }
}

/// What only the district decides, and a partner client may not set.
const OF_THE_DISTRICT: [&str; 3] = ["coordinatorId", "courseId", "goalMinutes"];

/// Refuses changes that the state no longer allows.
#[must_use]
pub fn settled(state: PlacementState, changed: &[&'static str]) -> Vec<Problem> {
    let open = open_in(state);
    let refuse = |path: &&'static str| {
        let message = format!("`{path}` can no longer change: the placement is {}", word(state));
        Problem::field(ProblemCode::ReadOnly, path, message)
    };
    changed.iter().filter(|path| !open.contains(path)).map(refuse).collect()
}

/// Refuses a partner client that sets what the district decides.
#[must_use]
pub fn decided_by_district(tenant: Tenant, changed: &[&'static str]) -> Vec<Problem> {
    if !matches!(tenant, Tenant::Partner(_)) {
        return Vec::new();
    }
    let refuse = |path: &&'static str| {
        let message = format!("`{path}` is for the student's district to set");
        let detail = Detail::Permission { scope: None };
        Problem::with(ProblemCode::Forbidden, path, message, detail)
    };
    changed.iter().filter(|path| OF_THE_DISTRICT.contains(path)).map(refuse).collect()
}

/// The fields that a draft would change in a row, or set in a new one.
#[must_use]
pub fn changed(draft: &PlacementDraft, row: Option<&Model>) -> Vec<&'static str> {
    let all = [
        ("studentId", sets(draft.student.as_ref(), row.map(|row| &row.student_id))),
        ("partnerId", sets(draft.partner.as_ref(), row.map(|row| &row.partner_id))),
        ("opportunityId", fills(draft.opportunity.as_ref(), row.map(|row| &row.opportunity_id))),
        ("kind", sets(draft.kind.as_ref(), row.map(|row| &row.kind))),
        ("siteId", fills(draft.site.as_ref(), row.map(|row| &row.site_id))),
        ("mentorId", fills(draft.mentor.as_ref(), row.map(|row| &row.mentor_id))),
        ("supervisorId", fills(draft.supervisor.as_ref(), row.map(|row| &row.supervisor_id))),
        ("coordinatorId", fills(draft.coordinator.as_ref(), row.map(|row| &row.coordinator_id))),
        ("courseId", fills(draft.course.as_ref(), row.map(|row| &row.course_id))),
        ("startsOn", sets(draft.starts_on.as_ref(), row.map(|row| &row.starts_on))),
        ("endsOn", sets(draft.ends_on.as_ref(), row.map(|row| &row.ends_on))),
        ("goalMinutes", fills(draft.goal_minutes.as_ref(), row.map(|row| &row.goal_minutes))),
        ("isPaid", sets(draft.is_paid.as_ref(), row.map(|row| &row.is_paid))),
        (
            "hourlyWage",
            fills(draft.hourly_wage_minor.as_ref(), row.map(|row| &row.hourly_wage_minor)),
        ),
        ("wageCurrency", fills(draft.wage_currency.as_ref(), row.map(|row| &row.wage_currency))),
    ];
    all.into_iter().filter_map(|(path, changes)| changes.then_some(path)).collect()
}

fn sets<V: PartialEq>(wanted: Option<&V>, stored: Option<&V>) -> bool {
    wanted.is_some_and(|wanted| Some(wanted) != stored)
}

/// A field that may be empty: emptying it is no change where nothing is stored yet.
fn fills<V: PartialEq>(wanted: Option<&Option<V>>, stored: Option<&Option<V>>) -> bool {
    wanted.is_some_and(|wanted| wanted.as_ref() != stored.and_then(Option::as_ref))
}

/// Refuses a reason that says nothing.
#[must_use]
pub fn reason(path: &str, text: &str) -> Vec<Problem> {
    let mut problems = Problems::of_row(true);
    problems.name(path, Some(text));
    problems.found()
}

/// A day that has come, and not before the first one.
#[must_use]
pub fn day_that_came(
    path: &str,
    day: NaiveDate,
    not_before: NaiveDate,
    today: NaiveDate,
) -> Vec<Problem> {
    let message = if day > today {
        format!("{day} lies in the future")
    } else if day < not_before {
        format!("the first possible day is {not_before}")
    } else {
        return Vec::new();
    };
    vec![Problem::field(ProblemCode::OutOfRange, path, message)]
}
