//! When a placement takes place, and what becomes of it.

use chrono::NaiveDate;

use crate::demo::{
    calendar::{SchoolYear, day, shifted},
    dice::Dice,
};

/// What becomes of a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It waits for an answer.
    Proposed,
    /// It is agreed on and has not begun.
    Matched,
    /// It is under way.
    Active,
    /// It reached its end.
    Completed,
    /// It was given up before it began.
    Cancelled,
    /// It was broken off.
    Terminated,
}

/// The days of a placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// What becomes of it.
    pub outcome: Outcome,
    /// First day, as planned.
    pub starts_on: NaiveDate,
    /// Last day, as planned.
    pub ends_on: NaiveDate,
    /// Last day as it happened, or the day on which it was given up.
    pub ended_on: NaiveDate,
}

/// The outcomes of the running year, one after the other: some of each wherever there are a few.
const RUNNING: [Outcome; 20] = [
    Outcome::Active,
    Outcome::Matched,
    Outcome::Active,
    Outcome::Proposed,
    Outcome::Completed,
    Outcome::Active,
    Outcome::Active,
    Outcome::Cancelled,
    Outcome::Active,
    Outcome::Proposed,
    Outcome::Terminated,
    Outcome::Active,
    Outcome::Matched,
    Outcome::Active,
    Outcome::Completed,
    Outcome::Active,
    Outcome::Proposed,
    Outcome::Active,
    Outcome::Active,
    Outcome::Matched,
];

/// A placement of a year that is over: in the fall, in spring, or a few weeks of summer.
pub fn of_past_year(dice: &mut Dice, year: SchoolYear) -> Course {
    let (starts_on, ends_on) = match dice.weighted(&[52, 41, 7]) {
        0 => (day(year.ends - 1, 9, 8), day(year.ends - 1, 12, 4)),
        1 => (day(year.ends, 1, 12), day(year.ends, 5, 14)),
        _ => (day(year.ends, 6, 8), day(year.ends, 7, 25)),
    };
    let starts_on = shifted(starts_on, dice.between(0, 10));
    let ends_on = shifted(ends_on, dice.between(-8, 8));
    let length = (ends_on - starts_on).num_days();
    let (outcome, ended_on) = match dice.weighted(&[85, 8, 7]) {
        0 => (Outcome::Completed, shifted(ends_on, -dice.between(0, 4))),
        1 => (Outcome::Cancelled, shifted(starts_on, -dice.between(2, 9))),
        _ => (Outcome::Terminated, shifted(starts_on, dice.between(length / 4, length / 2))),
    };
    Course { outcome, starts_on, ends_on, ended_on }
}

/// A placement of the running year, the `at`th of all.
pub fn of_running_year(dice: &mut Dice, year: SchoolYear, today: NaiveDate, at: usize) -> Course {
    let first = shifted(year.rollover(), 2).min(today);
    let so_far = (today - first).num_days();
    let outcome = match RUNNING[at % RUNNING.len()] {
        // Too early in the year for anything to be over.
        Outcome::Completed | Outcome::Terminated | Outcome::Cancelled if so_far < 35 => {
            Outcome::Active
        }
        outcome => outcome,
    };
    let began = |dice: &mut Dice, low| first.max(shifted(today, -dice.between(low, 80)));
    let to_come = |dice: &mut Dice| shifted(today, dice.between(10, 45));
    let weeks = |dice: &mut Dice| dice.between(9, 14) * 7;
    let (starts_on, ends_on, ended_on) = match outcome {
        Outcome::Proposed | Outcome::Matched => {
            let starts_on = to_come(dice);
            let ends_on = shifted(starts_on, weeks(dice));
            (starts_on, ends_on, ends_on)
        }
        Outcome::Active => {
            let ends_on = shifted(today, dice.between(20, 70));
            (began(dice, 12), ends_on, ends_on)
        }
        Outcome::Completed => {
            let ends_on = shifted(today, -dice.between(3, 10));
            (began(dice, 30), ends_on, ends_on)
        }
        Outcome::Cancelled => {
            let starts_on = to_come(dice);
            (starts_on, shifted(starts_on, weeks(dice)), shifted(today, -dice.between(1, 6)))
        }
        Outcome::Terminated => {
            let starts_on = began(dice, 30);
            (starts_on, shifted(today, dice.between(14, 50)), shifted(today, -dice.between(2, 9)))
        }
    };
    Course { outcome, starts_on, ends_on, ended_on }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::{Outcome, of_past_year, of_running_year};
    use crate::demo::{
        calendar::{SchoolYear, day, shifted},
        dice::Dice,
    };

    #[test]
    fn the_running_year_makes_sense_on_every_day_of_it() {
        let mut dice = Dice::new(1, "days");
        for offset in 0..365 {
            let today = shifted(day(2026, 1, 1), offset);
            for at in 0..20 {
                let course = of_running_year(&mut dice, SchoolYear::of(today), today, at);
                let begun = matches!(
                    course.outcome,
                    Outcome::Active | Outcome::Completed | Outcome::Terminated
                );
                assert_eq!(begun, course.starts_on <= today, "{course:?} on {today}");
                assert!(course.starts_on < course.ends_on, "{course:?} on {today}");
                if matches!(course.outcome, Outcome::Completed | Outcome::Terminated) {
                    assert!(course.starts_on < course.ended_on && course.ended_on < today);
                }
            }
        }
    }

    #[test]
    fn a_past_year_is_over() {
        let mut dice = Dice::new(1, "past");
        let year = SchoolYear { ends: 2026 };
        for _ in 0..1_000 {
            let course = of_past_year(&mut dice, year);
            assert!(course.starts_on < course.ends_on);
            assert!(course.ended_on < shifted(year.rollover(), 365));
            assert!(course.ends_on < day(2026, 8, 5), "{course:?}");
            assert!([2025, 2026].contains(&course.starts_on.year()));
        }
    }
}
