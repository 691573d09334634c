//! Whether agreements, one after the other, cover a period.

use chrono::NaiveDate;
use entity::affiliation_agreement::Model;

use crate::error::Blocker;

/// What keeps the signed agreements of a district and a partner from covering every day from `from`
/// through `to`. A renewal that begins where the last one ended covers without a gap.
#[must_use]
pub fn cover_blockers(signed: &[Model], from: NaiveDate, to: NaiveDate) -> Vec<Blocker> {
    let last_of = |day: NaiveDate| {
        let on_that_day = signed.iter().filter(|row| row.is_in_force(day));
        on_that_day.map(|row| row.ends_on).max()
    };
    let Some(mut covered) = last_of(from) else {
        return vec![missing(signed, from)];
    };
    while covered < to {
        match covered.succ_opt().and_then(last_of) {
            Some(further) => covered = further,
            None => return vec![ends_early(covered, to)],
        }
    }
    Vec::new()
}

fn missing(signed: &[Model], from: NaiveDate) -> Blocker {
    let later = signed.iter().map(|row| row.starts_on).filter(|starts_on| *starts_on > from);
    let earliest_date = later.min();
    let message = match earliest_date {
        Some(day) => format!("no affiliation agreement is in force on {from}; one begins on {day}"),
        None => format!("no affiliation agreement of the two is in force on {from}"),
    };
    blocker("AFFILIATION_MISSING", message, earliest_date)
}

fn ends_early(covered: NaiveDate, to: NaiveDate) -> Blocker {
    let message = format!("the affiliation agreement ends on {covered}, before {to}");
    blocker("AFFILIATION_ENDS_EARLY", message, None)
}

fn blocker(code: &'static str, message: String, earliest_date: Option<NaiveDate>) -> Blocker {
    let (code, cleared_by) = (code.into(), Some("DISTRICT".into()));
    Blocker { code, message, citation: None, cleared_by, earliest_date }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use chrono::{DateTime, NaiveDate};
    use entity::affiliation_agreement::{AgreementState, Model};
    use uuid::Uuid;

    use super::cover_blockers;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, day).unwrap()
    }

    fn agreement(starts_on: u32, ends_on: u32) -> Model {
        Model {
            id: Uuid::nil().into(),
            district_id: Uuid::nil().into(),
            partner_id: Uuid::nil().into(),
            state: AgreementState::Active,
            starts_on: day(starts_on),
            ends_on: day(ends_on),
            wind_down_until: None,
            max_students: None,
            insurance_minor: None,
            insurance_currency: None,
            programs: None,
            terms: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    fn codes(signed: &[Model], from: u32, to: u32) -> Vec<(Cow<'static, str>, Option<NaiveDate>)> {
        let blockers = cover_blockers(signed, day(from), day(to));
        blockers.into_iter().map(|blocker| (blocker.code, blocker.earliest_date)).collect()
    }

    #[test]
    fn an_agreement_covers_from_its_first_day_through_its_last() {
        let signed = [agreement(5, 10)];
        assert_eq!(codes(&signed, 5, 10), []);
        assert_eq!(codes(&signed, 5, 11), [("AFFILIATION_ENDS_EARLY".into(), None)]);
        assert_eq!(codes(&signed, 4, 10), [("AFFILIATION_MISSING".into(), Some(day(5)))]);
        assert_eq!(codes(&signed, 11, 12), [("AFFILIATION_MISSING".into(), None)]);
        assert_eq!(codes(&[], 1, 1), [("AFFILIATION_MISSING".into(), None)]);
    }

    #[test]
    fn a_renewal_covers_without_a_gap() {
        assert_eq!(codes(&[agreement(11, 20), agreement(5, 10)], 6, 20), []);
        assert_eq!(codes(&[agreement(8, 20), agreement(5, 10)], 6, 20), []);
        let gap = [agreement(5, 10), agreement(12, 20)];
        assert_eq!(codes(&gap, 6, 20), [("AFFILIATION_ENDS_EARLY".into(), None)]);
    }
}
