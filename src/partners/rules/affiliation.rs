//! Affiliation agreements.

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{AgreementState, Model},
    partner,
    status::RecordStatus,
};

use super::{LONGEST_TEXT, formats};
use crate::{
    error::{Blocker, Problem, ProblemCode, Problems},
    partners::service::affiliation::AgreementDraft,
};

/// What is wrong with an agreement's draft, given the stored row.
#[must_use]
pub fn agreement(draft: &AgreementDraft, row: Option<&Model>) -> Vec<Problem> {
    let mut problems = Problems::of_row(row.is_none());
    problems.present("districtId", draft.district.as_ref());
    problems.present("partnerId", draft.partner.as_ref());
    sides(&mut problems, draft, row);
    problems.present("startsOn", draft.starts_on.as_ref());
    problems.present("endsOn", draft.ends_on.as_ref());
    period(&mut problems, draft, row);
    problems.range("maxStudents", draft.max_students.flatten(), 1..=10_000);
    insurance(&mut problems, draft, row);
    let programs = draft.programs.as_ref().and_then(Option::as_deref);
    problems.long_text("programs", programs, LONGEST_TEXT);
    let terms = draft.terms.as_ref().and_then(Option::as_deref);
    problems.long_text("terms", terms, LONGEST_TEXT);
    problems.found()
}

/// An agreement stays between its two sides, and once ended it stays as it was.
fn sides(problems: &mut Problems, draft: &AgreementDraft, row: Option<&Model>) {
    let Some(row) = row else { return };
    if draft.district.is_some_and(|id| id != row.district_id) {
        let message = "an agreement stays with its district";
        problems.refuse(ProblemCode::ReadOnly, "districtId", message);
    }
    if draft.partner.is_some_and(|id| id != row.partner_id) {
        let message = "an agreement stays with its partner";
        problems.refuse(ProblemCode::ReadOnly, "partnerId", message);
    }
    if row.state == AgreementState::Terminated {
        let message = "a terminated agreement is not changed any more: make a new one";
        problems.refuse(ProblemCode::ReadOnly, "", message);
    }
}

fn period(problems: &mut Problems, draft: &AgreementDraft, row: Option<&Model>) {
    let starts_on = draft.starts_on.or(row.map(|row| row.starts_on));
    let ends_on = draft.ends_on.or(row.map(|row| row.ends_on));
    if let (Some(starts_on), Some(ends_on)) = (starts_on, ends_on)
        && ends_on < starts_on
    {
        let message = format!("the last day comes before the first, {starts_on}");
        problems.refuse(ProblemCode::OutOfRange, "endsOn", message);
    }
}

fn insurance(problems: &mut Problems, draft: &AgreementDraft, row: Option<&Model>) {
    if draft.insurance_minor.flatten().is_some_and(|amount| amount < 1) {
        let message = "an amount above zero is expected";
        problems.refuse(ProblemCode::OutOfRange, "insuranceAmount", message);
    }
    let currency = draft.insurance_currency.as_ref().and_then(Option::as_deref);
    problems.form("insuranceCurrency", currency, formats::is_currency, formats::CURRENCY);
    let stored = || row.and_then(|row| row.insurance_minor);
    let has_amount = draft.insurance_minor.unwrap_or_else(stored).is_some();
    let has_currency = match &draft.insurance_currency {
        Some(currency) => currency.is_some(),
        None => row.is_some_and(|row| row.insurance_currency.is_some()),
    };
    if has_amount && !has_currency {
        let message = "an amount needs its currency";
        problems.refuse(ProblemCode::Required, "insuranceCurrency", message);
    }
    if has_currency && !has_amount {
        let message = "a currency needs an amount: tell it, or clear the currency with null";
        problems.refuse(ProblemCode::Required, "insuranceAmount", message);
    }
}

/// What keeps an agreement from being put in force.
#[must_use]
pub fn activation_blockers(
    row: &Model,
    partner: &partner::Model,
    today: NaiveDate,
) -> Vec<Blocker> {
    let blocker = |code: &'static str, message, cleared_by: &'static str| Blocker {
        code: code.into(),
        message,
        citation: None,
        cleared_by: Some(cleared_by.into()),
        earliest_date: None,
    };
    let mut blockers = Vec::new();
    if row.ends_on < today {
        let message = format!("its last day, {}, has passed", row.ends_on);
        blockers.push(blocker("AFFILIATION_ENDED", message, "DISTRICT"));
    }
    if partner.status == RecordStatus::Retired {
        let message = "the partner is retired and takes no new students".to_owned();
        blockers.push(blocker("PARTNER_RETIRED", message, "PARTNER"));
    }
    blockers
}

/// A wind-down follows an agreement that was in force, and ends neither before today nor after the
/// agreement would have ended.
#[must_use]
pub fn wind_down(row: &Model, until: Option<NaiveDate>, today: NaiveDate) -> Option<Problem> {
    let until = until?;
    let message = if row.state != AgreementState::Active {
        "only an agreement that was in force has a wind-down".to_owned()
    } else if until < today || until > row.ends_on {
        format!("from today through the agreement's last day, {}, is allowed", row.ends_on)
    } else {
        return None;
    };
    Some(Problem::field(ProblemCode::OutOfRange, "windDownUntil", message))
}
