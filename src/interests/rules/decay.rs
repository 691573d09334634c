//! How much a signal weighs: by its source, and by how old it is beside the others.
//!
//! **Sources.** A whole inventory asks about each area many times over and is the measure of the
//! rest: 100. The mini form has half the items, and of another instrument we know neither items nor
//! quality: 70. A goal is a considered choice, but of one occupation: 60. What a student has lived
//! through says the more the longer and closer it was: a day at somebody's side 50, a conversation
//! 30, a tour 25, a speaker 15, a fair or anything else 10. An answer to one question of a survey
//! is worth about an item of an inventory: 5.
//!
//! **Age.** Interests of adolescents move and settle only in early adulthood, so that an assessment
//! of grade 8 should bend a profile of grade 12, not decide it: a weight halves every 24 months,
//! and the four years between the two leave a quarter. Months are counted by the calendar, so that
//! all of one school event weighs the same.
//!
//! Age is counted forward from a fixed month: each signal's weight follows from its own day alone,
//! and a newer one simply weighs more. Only proportions matter, and they are the same as if every
//! weight were halved from today backwards; but no profile changes by the mere passing of time, and
//! what was worked out when a signal came in stays right until the next one comes. All of it is in
//! whole numbers, so that sums do not depend on the order of their terms.

use chrono::{Datelike, NaiveDate};

/// Months in which a weight halves.
pub const HALF_LIFE_MONTHS: i32 = 24;

/// The month from which age is counted: everything older weighs as if it were of that month.
const FIRST_YEAR: i32 = 1990;
/// Halvings beyond this are not counted: they would be of the twenty-second century.
const MOST_DOUBLINGS: i32 = 60;

/// A millionfold 2^(n/24): how a weight grows within a half-life.
const GROWTH: [i128; 24] = [
    1_000_000, 1_029_302, 1_059_463, 1_090_508, 1_122_462, 1_155_353, 1_189_207, 1_224_054,
    1_259_921, 1_296_840, 1_334_840, 1_373_954, 1_414_214, 1_455_653, 1_498_307, 1_542_211,
    1_587_401, 1_633_915, 1_681_793, 1_731_073, 1_781_797, 1_834_008, 1_887_749, 1_943_064,
];

/// Where a signal comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The O*NET short form.
    ShortForm,
    /// The O*NET mini form.
    Mini,
    /// Another instrument.
    OtherInstrument,
    /// A goal.
    Goal,
    /// A day at somebody's side.
    JobShadow,
    /// A conversation about somebody's work.
    Interview,
    /// A tour of a workplace.
    Tour,
    /// Somebody who told of their work.
    Speaker,
    /// A career fair.
    Fair,
    /// Another meeting with a field of work.
    OtherExposure,
    /// An answer to a question of a survey.
    Response,
}

impl Source {
    /// Its weight beside the others.
    #[must_use]
    pub const fn weight(self) -> i128 {
        match self {
            Self::ShortForm => 100,
            Self::Mini | Self::OtherInstrument => 70,
            Self::Goal => 60,
            Self::JobShadow => 50,
            Self::Interview => 30,
            Self::Tour => 25,
            Self::Speaker => 15,
            Self::Fair | Self::OtherExposure => 10,
            Self::Response => 5,
        }
    }
}

/// What a signal of this source and day weighs.
#[must_use]
pub fn weight(source: Source, on: NaiveDate) -> i128 {
    let months = (on.year() - FIRST_YEAR) * 12 + i32::try_from(on.month0()).unwrap_or_default();
    let months = months.max(0);
    let within = usize::try_from(months % HALF_LIFE_MONTHS).unwrap_or_default();
    let doublings = (months / HALF_LIFE_MONTHS).min(MOST_DOUBLINGS);
    source.weight() * GROWTH[within] * (1_i128 << doublings)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{GROWTH, HALF_LIFE_MONTHS, Source, weight};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_weight_halves_in_a_half_life() {
        let now = weight(Source::Goal, day(2026, 11, 22));
        assert_eq!(weight(Source::Goal, day(2024, 11, 1)) * 2, now);
        assert_eq!(weight(Source::Goal, day(2022, 11, 30)) * 4, now);
        assert_eq!(weight(Source::Goal, day(2026, 11, 1)), now);
    }

    #[test]
    fn a_newer_signal_never_weighs_less() {
        let months = (1985..2060).flat_map(|year| (1..=12).map(move |month| day(year, month, 1)));
        let weights: Vec<_> = months.map(|on| weight(Source::ShortForm, on)).collect();
        assert!(weights.windows(2).all(|two| two[0] <= two[1]));
    }

    #[test]
    fn the_table_is_that_of_the_half_life() {
        assert_eq!(GROWTH.len(), usize::try_from(HALF_LIFE_MONTHS).unwrap());
        for (month, growth) in GROWTH.iter().enumerate() {
            let month = f64::from(u32::try_from(month).unwrap());
            let expected = (1_000_000.0 * (month / f64::from(HALF_LIFE_MONTHS)).exp2()).round();
            let told: f64 = growth.to_string().parse().unwrap();
            assert!((told - expected).abs() < 0.5, "{month}: {told} instead of {expected}");
        }
    }
}
