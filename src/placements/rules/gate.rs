//! What stands in the way of a step of a placement.
//!
//! A gate looks at facts and answers with a blocker or with nothing. All gates of a step are asked,
//! so that a client learns every reason at once. A new rule is one more function in the list.

use chrono::NaiveDate;

use crate::error::Blocker;

/// What the gates of the start look at.
#[derive(Debug, Clone)]
pub struct StartFacts {
    /// The day of the step.
    pub today: NaiveDate,
    /// The first day, as planned.
    pub starts_on: NaiveDate,
    /// Whether the student still takes part.
    pub student_takes_part: bool,
    /// What the affiliation agreement has against it, from the start through the last day.
    pub affiliation: Vec<Blocker>,
}

/// What the gates of the match look at.
#[derive(Debug, Clone)]
pub struct MatchFacts {
    /// Whether the student still takes part.
    pub student_takes_part: bool,
    /// What the opportunity has against it: no seat is left, or it takes nobody.
    pub opportunity: Vec<Blocker>,
}

type Gate<F> = fn(&F) -> Vec<Blocker>;

const START: &[Gate<StartFacts>] = &[
    |facts| facts.affiliation.clone(),
    |facts| inactive(facts.student_takes_part),
    |facts| too_early(facts.today, facts.starts_on),
];

const MATCH: &[Gate<MatchFacts>] =
    &[|facts| facts.opportunity.clone(), |facts| inactive(facts.student_takes_part)];

/// Everything that stands in the way of the start.
#[must_use]
pub fn start(facts: &StartFacts) -> Vec<Blocker> {
    START.iter().flat_map(|gate| gate(facts)).collect()
}

/// Everything that stands in the way of the match.
#[must_use]
pub fn matched(facts: &MatchFacts) -> Vec<Blocker> {
    MATCH.iter().flat_map(|gate| gate(facts)).collect()
}

fn inactive(takes_part: bool) -> Vec<Blocker> {
    let blocker = Blocker {
        code: "STUDENT_INACTIVE".into(),
        message: "the student no longer takes part in the district's programme".to_owned(),
        citation: None,
        cleared_by: Some("DISTRICT".into()),
        earliest_date: None,
    };
    if takes_part { Vec::new() } else { vec![blocker] }
}

fn too_early(today: NaiveDate, starts_on: NaiveDate) -> Vec<Blocker> {
    let blocker = Blocker {
        code: "START_IN_FUTURE".into(),
        message: format!("the placement begins on {starts_on}"),
        citation: None,
        cleared_by: Some("COORDINATOR".into()),
        earliest_date: Some(starts_on),
    };
    if starts_on <= today { Vec::new() } else { vec![blocker] }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{MatchFacts, StartFacts, matched, start};
    use crate::error::Blocker;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, day).unwrap()
    }

    fn blocker(code: &'static str) -> Blocker {
        Blocker {
            code: code.into(),
            message: String::new(),
            citation: None,
            cleared_by: None,
            earliest_date: None,
        }
    }

    #[test]
    fn all_reasons_against_a_start_come_at_once() {
        let facts = StartFacts {
            today: day(1),
            starts_on: day(2),
            student_takes_part: false,
            affiliation: vec![blocker("AFFILIATION_MISSING")],
        };
        let blockers = start(&facts);
        let codes: Vec<_> = blockers.iter().map(|blocker| &*blocker.code).collect();
        assert_eq!(codes, ["AFFILIATION_MISSING", "STUDENT_INACTIVE", "START_IN_FUTURE"]);
        assert_eq!(blockers[2].earliest_date, Some(day(2)));
    }

    #[test]
    fn nothing_stands_in_the_way_of_a_good_start() {
        let facts = StartFacts {
            today: day(2),
            starts_on: day(2),
            student_takes_part: true,
            affiliation: Vec::new(),
        };
        assert_eq!(start(&facts), []);
    }

    #[test]
    fn a_match_needs_a_seat_and_a_student() {
        let facts =
            |student_takes_part, opportunity| MatchFacts { student_takes_part, opportunity };
        assert_eq!(matched(&facts(true, Vec::new())), []);
        let blockers = matched(&facts(false, vec![blocker("SEATS_TAKEN")]));
        let codes: Vec<_> = blockers.iter().map(|blocker| &*blocker.code).collect();
        assert_eq!(codes, ["SEATS_TAKEN", "STUDENT_INACTIVE"]);
    }
}
