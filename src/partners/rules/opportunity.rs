//! What partners offer.

use chrono::NaiveDate;
use entity::{
    opportunity::{Model, OpportunityState},
    partner,
    status::RecordStatus,
};

use super::{LONGEST_TEXT, formats};
use crate::{
    error::{Blocker, Problem, ProblemCode, Problems},
    partners::service::opportunity::OpportunityDraft,
};

/// No hour is paid more than this, in hundredths: more is a mistake of units.
const HIGHEST_WAGE: i64 = 100_000;
/// A week has no more minutes.
const LONGEST_WEEK: i32 = 7 * 24 * 60;

/// What is wrong with an opportunity's draft, given the stored row.
#[must_use]
pub fn opportunity(draft: &OpportunityDraft, row: Option<&Model>) -> Vec<Problem> {
    let mut problems = Problems::of_row(row.is_none());
    problems.name("title", draft.title.as_deref());
    let description = draft.description.as_ref().and_then(Option::as_deref);
    problems.long_text("description", description, LONGEST_TEXT);
    problems.present("kind", draft.kind.as_ref());
    let occupation = draft.occupation_code.as_ref().and_then(Option::as_deref);
    let expected = "an O*NET-SOC code as `29-1141.00`";
    problems.form("occupationCode", occupation, formats::is_occupation, expected);
    problems.range("minimumAge", draft.minimum_age.flatten(), 12..=25);
    problems.range("weeklyMinutes", draft.weekly_minutes.flatten(), 1..=LONGEST_WEEK);
    wage(&mut problems, draft, row);
    period(&mut problems, draft, row);
    problems.present("seats", draft.seats.as_ref());
    problems.range("seats", draft.seats, 1..=500);
    let taken = row.map_or(0, |row| row.seats_taken);
    if draft.seats.is_some_and(|seats| (1..taken).contains(&seats)) {
        let message = format!("placements hold {taken} seats: there cannot be fewer");
        problems.refuse(ProblemCode::OutOfRange, "seats", message);
    }
    problems.found()
}

/// Paid work need not tell its wage; a wage is told in a currency and makes the work paid.
fn wage(problems: &mut Problems, draft: &OpportunityDraft, row: Option<&Model>) {
    if draft.hourly_wage_minor.flatten().is_some_and(|wage| !(1..=HIGHEST_WAGE).contains(&wage)) {
        let message = "from 0.01 to 1000.00 is allowed";
        problems.refuse(ProblemCode::OutOfRange, "hourlyWage", message);
    }
    let currency = draft.wage_currency.as_ref().and_then(Option::as_deref);
    problems.form("wageCurrency", currency, formats::is_currency, formats::CURRENCY);
    let is_paid = draft.is_paid.unwrap_or_else(|| row.is_some_and(|row| row.is_paid));
    let stored = || row.and_then(|row| row.hourly_wage_minor);
    let has_wage = draft.hourly_wage_minor.unwrap_or_else(stored).is_some();
    let has_currency = match &draft.wage_currency {
        Some(currency) => currency.is_some(),
        None => row.is_some_and(|row| row.wage_currency.is_some()),
    };
    if has_wage && !is_paid {
        let message = "unpaid work has no wage: set `isPaid`, or clear the wage with null";
        problems.refuse(ProblemCode::OutOfRange, "hourlyWage", message);
    }
    if has_wage && !has_currency {
        problems.refuse(ProblemCode::Required, "wageCurrency", "a wage needs its currency");
    }
    if has_currency && !has_wage {
        let message = "a currency needs a wage: tell it, or clear the currency with null";
        problems.refuse(ProblemCode::Required, "hourlyWage", message);
    }
}

fn period(problems: &mut Problems, draft: &OpportunityDraft, row: Option<&Model>) {
    let starts_on = draft.starts_on.unwrap_or_else(|| row.and_then(|row| row.starts_on));
    let ends_on = draft.ends_on.unwrap_or_else(|| row.and_then(|row| row.ends_on));
    if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
        && ends_on < starts_on
    {
        let message = format!("the last day comes before the first, {starts_on}");
        problems.refuse(ProblemCode::OutOfRange, "endsOn", message);
    }
}

/// What keeps an opportunity from taking students.
#[must_use]
pub fn opening_blockers(row: &Model, partner: &partner::Model, today: NaiveDate) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    if partner.status == RecordStatus::Retired {
        let message = "the partner is retired and takes no new students";
        blockers.push(blocker("PARTNER_RETIRED", message));
    }
    if let Some(ends_on) = row.ends_on.filter(|ends_on| *ends_on < today) {
        let message = format!("its last day, {ends_on}, has passed");
        blockers.push(blocker("OPPORTUNITY_ENDED", message));
    }
    blockers
}

/// Why no seat could be taken.
#[must_use]
pub fn seat_blockers(row: &Model) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    if row.state != OpportunityState::Open {
        blockers.push(blocker("OPPORTUNITY_NOT_OPEN", "the opportunity takes no students now"));
    }
    if row.seats_left() <= 0 {
        let message = match row.seats {
            1 => "its only seat is taken".to_owned(),
            seats => format!("all {seats} seats are taken"),
        };
        blockers.push(blocker("SEATS_TAKEN", message));
    }
    blockers
}

/// What keeps so many students from an opportunity that goes by this name.
#[must_use]
pub fn seats_blockers(row: &Model, wanted: i32, name: &str) -> Vec<Blocker> {
    if row.state != OpportunityState::Open {
        let message = format!("{name} takes no students now");
        return vec![blocker("OPPORTUNITY_NOT_OPEN", message)];
    }
    let left = row.seats_left();
    if left >= wanted {
        return Vec::new();
    }
    vec![blocker("SEATS_TAKEN", format!("{name} has {left} seats left, and {wanted} are needed"))]
}

/// What keeps everybody from an opportunity that is no longer shown.
#[must_use]
pub fn unseen(name: &str) -> Blocker {
    blocker("OPPORTUNITY_NOT_OPEN", format!("{name} is no longer offered to the district"))
}

fn blocker(code: &'static str, message: impl Into<String>) -> Blocker {
    Blocker {
        code: code.into(),
        message: message.into(),
        citation: None,
        cleared_by: Some("PARTNER".into()),
        earliest_date: None,
    }
}
