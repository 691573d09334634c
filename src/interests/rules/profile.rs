//! One profile of all that a student has told: version 1 of the formula.
//!
//! **A common measure.** Each signal becomes a reading of all six areas from 0 to 100. An
//! assessment gives its scores as shares of the highest possible one. Whatever a student liked or
//! disliked gives the interest scores of that occupation (for a career cluster, the mean of its
//! occupations in the release), each as its distance from the mean of the six, stretched so that
//! the farthest area lies at 0 or 100, and turned round for what was disliked: a rating of 5 counts
//! in full, 4 by half, 2 and 1 the other way round, and 3 says nothing. A goal counts like a 5.
//! What was not rated says nothing either: to have been taken to a fair is no interest.
//!
//! **The mean.** The profile is the mean of the readings by their weights ([`decay`](super::decay):
//! by source and age). Every reading speaks of all six areas, so that areas are compared on the
//! same evidence, and a further reading that has an area at its top never moves that area down.
//!
//! **Order.** Areas stand by their exact means, and equal ones in Holland's order R, I, A, S, E, C,
//! which is a convention and no finding: ties are reported. The first three make the Holland code.
//! *Differentiation* is the distance from the highest to the lowest. A profile whose six values
//! hardly differ, by a standard deviation under 5 of 100 (2 of the 40 points of the short form), is
//! *flat*: its order is an accident, and nothing is said to fit it.
//!
//! **Fit** ([`fit`](super::fit)) compares shapes: the correlation of the six values with the six
//! scores of an occupation or cluster.

use chrono::NaiveDate;
use entity::riasec::InterestArea;
use uuid::Uuid;

use super::decay::{Source, weight};

/// The version of the formula; whoever changes a weight or a step of it counts it up.
pub const FORMULA: i32 = 1;

/// A reading of 100, in hundredths.
pub const FULL: i64 = 10_000;
/// The middle of a reading, in hundredths.
const MIDDLE: i64 = FULL / 2;
/// The rating that says nothing.
const UNSURE: i32 = 3;
/// The standard deviation under which a profile is flat, in hundredths.
const FLAT_BELOW: i64 = 500;
/// Areas in a Holland code.
const CODE_LENGTH: usize = 3;

/// Six numbers, in the order of [`InterestArea::ALL`].
pub type Six = [i64; 6];

/// What a student has told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Where it comes from.
    pub source: Source,
    /// The row that it is.
    pub key: Uuid,
    /// The day of it.
    pub on: NaiveDate,
    /// The day on which something newer took its place.
    pub until: Option<NaiveDate>,
    /// What it says.
    pub says: Says,
}

/// What a signal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Six scores out of a highest one.
    Scores([i32; 6], i32),
    /// How much something appeals that has these six scores of its own.
    Liking(i32, Six),
}

impl Says {
    /// The reading that it makes; none when it says nothing about interests.
    fn reading(&self) -> Option<Six> {
        match *self {
            Self::Scores(_, max) if max <= 0 => None,
            Self::Scores(scores, max) => {
                Some(scores.map(|score| i64::from(score) * FULL / i64::from(max)))
            }
            Self::Liking(rating, of) => {
                let distances = distances(of);
                let farthest =
                    distances.iter().map(|one| one.abs()).max().filter(|far| *far > 0)?;
                let liking = i64::from(rating - UNSURE);
                // A liking of two points stretches the farthest area to the end of the scale.
                let stretched = |distance: i64| MIDDLE + MIDDLE / 2 * liking * distance / farthest;
                (liking != 0).then(|| distances.map(stretched))
            }
        }
    }
}

/// How far each lies from the mean of the six, six times over to stay whole.
pub(super) fn distances(six: Six) -> Six {
    let sum: i64 = six.iter().sum();
    six.map(|one| one * 6 - sum)
}

/// A signal that counts, with its reading and weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Where it comes from.
    pub source: Source,
    /// The row that it is.
    pub key: Uuid,
    /// The day of it.
    pub on: NaiveDate,
    /// What it weighs beside the others.
    pub weight: i128,
    /// Its reading of the six areas, 0 to 100 in hundredths.
    pub reading: Six,
}

/// A student's interests on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The day.
    pub as_of: NaiveDate,
    /// What it is made of, the oldest first.
    pub evidence: Vec<Evidence>,
    /// The readings times their weights, added up.
    sums: [i128; 6],
    /// The weights added up.
    total: i128,
}

impl Profile {
    /// The profile of these signals, as they stood at the end of a day.
    #[must_use]
    pub fn of<'s>(as_of: NaiveDate, signals: impl IntoIterator<Item = &'s Signal>) -> Self {
        let counts =
            |signal: &&Signal| signal.on <= as_of && signal.until.is_none_or(|until| until > as_of);
        let evidence = |signal: &Signal| {
            let Signal { source, key, on, .. } = *signal;
            let reading = signal.says.reading()?;
            Some(Evidence { source, key, on, weight: weight(source, on), reading })
        };
        let counted = signals.into_iter().filter(counts);
        let mut evidence: Vec<_> = counted.filter_map(evidence).collect();
        evidence.sort_by_key(|one| (one.on, one.source, one.key));
        let mut sums = [0; 6];
        for one in &evidence {
            for (sum, reading) in sums.iter_mut().zip(one.reading) {
                *sum += one.weight * i128::from(reading);
            }
        }
        let total = evidence.iter().map(|one| one.weight).sum();
        Self { as_of, evidence, sums, total }
    }

    /// The six values, 0 to 100 in hundredths; none while nothing is known.
    #[must_use]
    pub fn values(&self) -> Option<Six> {
        let mean = |sum: i128| i64::try_from((sum + self.total / 2) / self.total).ok();
        if self.total == 0 {
            return None;
        }
        let mut values = [0; 6];
        for (value, sum) in values.iter_mut().zip(self.sums) {
            *value = mean(sum)?;
        }
        Some(values)
    }

    /// The areas from the strongest to the weakest, equal ones in Holland's order.
    #[must_use]
    pub fn ranked(&self) -> [InterestArea; 6] {
        let mut areas = InterestArea::ALL;
        // The sort is stable, and the areas begin in Holland's order.
        areas.sort_by_key(|area| std::cmp::Reverse(self.sums[*area as usize]));
        areas
    }

    /// The groups of areas with exactly the same value, the strongest first.
    #[must_use]
    pub fn ties(&self) -> Vec<String> {
        if self.total == 0 {
            return Vec::new();
        }
        let ranked = self.ranked();
        let groups =
            ranked.chunk_by(|one, next| self.sums[*one as usize] == self.sums[*next as usize]);
        let letters = |group: &[InterestArea]| group.iter().map(|area| area.letter()).collect();
        groups.filter(|group| group.len() > 1).map(letters).collect()
    }

    /// The letters of the three strongest areas; none while nothing is known.
    #[must_use]
    pub fn holland_code(&self) -> Option<String> {
        let first = self.ranked().into_iter().take(CODE_LENGTH);
        (self.total > 0).then(|| first.map(InterestArea::letter).collect())
    }

    /// The strongest area; none while nothing is known or all are much the same.
    #[must_use]
    pub fn primary(&self) -> Option<InterestArea> {
        (!self.is_flat()).then(|| self.ranked()[0])
    }

    /// From the highest value to the lowest, in hundredths.
    #[must_use]
    pub fn differentiation(&self) -> Option<i64> {
        let values = self.values()?;
        Some(values.iter().max()? - values.iter().min()?)
    }

    /// Whether the six values are much the same, or nothing is known.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        let Some(values) = self.values() else { return true };
        // The variance and the square of the bound, both 36 times over.
        let sum: i64 = values.iter().sum();
        let squares: i64 = values.iter().map(|value| value * value).sum();
        6 * squares - sum * sum < 36 * FLAT_BELOW * FLAT_BELOW
    }

    /// What part of the whole weight a piece of evidence has, in hundredths of a percent.
    #[must_use]
    pub fn share(&self, of: &Evidence) -> i64 {
        let whole = self.total.max(1);
        i64::try_from(of.weight * i128::from(FULL) / whole).unwrap_or_default()
    }

    /// The weights added up.
    pub(super) const fn total(&self) -> i128 {
        self.total
    }
}

#[cfg(test)]
mod tests;
