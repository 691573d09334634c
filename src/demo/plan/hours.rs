//! The hours of a placement, day by day.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use entity::{time_entry::TimeCategory, wbl::WorkBasedLearningKind};

use super::outcome::{Course, Outcome};
use crate::demo::{
    calendar::{SchoolYear, shifted},
    dice::Dice,
    partners::Opening,
};

/// One day at work.
pub struct Workday {
    /// The day.
    pub on: NaiveDate,
    /// Begin.
    pub from: NaiveTime,
    /// End.
    pub to: NaiveTime,
    /// Rest in between, in minutes.
    pub break_minutes: i32,
    /// What the time was spent on.
    pub category: TimeCategory,
    /// What the student writes.
    pub note: Option<&'static str>,
    /// The Saturday on which the week is handed in.
    pub due: NaiveDate,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of hours that are handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// They are approved.
    Approved,
    /// They go back to the student, who puts them right.
    Returned,
    /// They are approved, found wrong, voided and replaced.
    Corrected,
}

/// The days of a placement up to today; none when it never begins.
pub fn plan(dice: &mut Dice, offer: &Opening, course: Course, today: NaiveDate) -> Vec<Workday> {
    let last = match course.outcome {
        Outcome::Active => shifted(today, -1),
        Outcome::Completed | Outcome::Terminated => course.ended_on,
        Outcome::Proposed | Outcome::Matched | Outcome::Cancelled => return Vec::new(),
    };
    let rhythm = Rhythm::new(dice, offer);
    let mut days = Vec::new();
    let mut on = course.starts_on;
    while on <= last {
        if rhythm.weekdays.contains(&on.weekday()) && !SchoolYear::is_holiday(on) && dice.chance(93)
        {
            let due = shifted(on, i64::from(5 - on.weekday().num_days_from_monday()));
            // Once a placement is broken off nothing more is handed in.
            if course.outcome != Outcome::Terminated || due < course.ended_on {
                days.push(rhythm.day(dice, offer, (on, due), days.len()));
            }
        }
        on = shifted(on, 1);
    }
    days
}

/// When in the week a student works.
struct Rhythm {
    weekdays: Vec<Weekday>,
    /// Minutes after midnight.
    begins: i64,
    /// Minutes of a usual day.
    minutes: i64,
}

impl Rhythm {
    fn new(dice: &mut Dice, offer: &Opening) -> Self {
        let (begins, longest) = if offer.for_college { (8 * 60, 7 * 60) } else { (13 * 60, 210) };
        let weekly = i64::from(offer.weekly_hours) * 60;
        let days = usize::try_from((weekly + longest - 1) / longest).unwrap_or(1).clamp(1, 5);
        let mut weekdays =
            vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        dice.shuffle(&mut weekdays);
        weekdays.truncate(days);
        let minutes = weekly / i64::try_from(days).unwrap_or(1);
        Self { weekdays, begins: begins + dice.between(0, 3) * 15, minutes: minutes / 15 * 15 }
    }

    fn day(
        &self,
        dice: &mut Dice,
        offer: &Opening,
        (on, due): (NaiveDate, NaiveDate),
        at: usize,
    ) -> Workday {
        let begins = self.begins + dice.between(0, 1) * 15;
        let break_minutes = if self.minutes > 5 * 60 { 30 } else { 0 };
        let length = self.minutes + dice.between(-1, 2) * 15 + break_minutes;
        let fate = match dice.below(100) {
            0..94 => Fate::Approved,
            94..98 => Fate::Returned,
            _ => Fate::Corrected,
        };
        Workday {
            on,
            from: clock(begins),
            to: clock(begins + length),
            break_minutes: i32::try_from(break_minutes).unwrap_or_default(),
            category: category(dice, offer, at),
            note: dice.chance(70).then(|| *dice.pick(offer.notes)),
            due,
            fate,
        }
    }
}

/// A time of day, by its minutes after midnight.
fn clock(minutes: i64) -> NaiveTime {
    NaiveTime::MIN + chrono::TimeDelta::minutes(minutes)
}

fn category(dice: &mut Dice, offer: &Opening, at: usize) -> TimeCategory {
    use TimeCategory::{
        Direct, Indirect, Observation, Orientation, Seminar, Simulation, Supervision, Telehealth,
    };
    if at < 2 {
        return Orientation;
    }
    let mix: &[(usize, TimeCategory)] = match offer.kind {
        _ if offer.is_clinical() => &[
            (54, Direct),
            (14, Indirect),
            (11, Simulation),
            (10, Supervision),
            (8, Observation),
            (3, Telehealth),
        ],
        WorkBasedLearningKind::JobShadow => &[(85, Observation), (15, Seminar)],
        _ => &[(24, Direct), (50, Indirect), (12, Supervision), (8, Observation), (6, Seminar)],
    };
    let weights: Vec<_> = mix.iter().map(|(weight, _)| *weight).collect();
    mix[dice.weighted(&weights)].1
}
