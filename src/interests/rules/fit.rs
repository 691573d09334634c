//! What fits a profile: the shapes of occupations and career clusters beside its own.
//!
//! Shapes are compared by Pearson's correlation of the six values, as the O*NET Interest Profiler
//! compares them: how high somebody scores altogether says how readily they like things, and not
//! what suits them. A correlation runs from -1 to 1. A profile is a weighted mean of readings and a
//! correlation is linear in it, so a fit is a sum with one term for each reading: that term is
//! *exactly* what the reading adds to the fit, and the readings with the largest terms are the
//! evidence that put a cluster or an occupation where it stands.

use std::cmp::Ordering;

use super::profile::{Evidence, Profile, Six, distances};
use crate::reference::rules::catalogue::{Catalogue, KnownCluster};

/// Evidence that is told of each fit.
const MOST_EVIDENCE: usize = 5;

/// How well a shape fits a profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The correlation of the shapes, from -1 to 1.
    pub correlation: f64,
    /// What each piece of the profile's evidence adds to it, in the order of the profile.
    parts: Vec<f64>,
}

impl Fit {
    /// How well this shape fits; none when the profile or the shape is flat.
    #[must_use]
    pub fn of(profile: &Profile, shape: Six) -> Option<Self> {
        if profile.is_flat() {
            return None;
        }
        let wanted = distances(shape).map(real);
        let own = profile.values().map(distances)?.map(real);
        let lengths = (dot(own, own) * dot(wanted, wanted)).sqrt();
        if lengths <= 0.0 {
            return None;
        }
        let total = wide(profile.total());
        let part = |one: &Evidence| {
            let reading = distances(one.reading).map(real);
            wide(one.weight) / total * dot(reading, wanted) / lengths
        };
        let correlation = dot(own, wanted) / lengths;
        Some(Self { correlation, parts: profile.evidence.iter().map(part).collect() })
    }

    /// The evidence that speaks for it, the strongest first, with what it adds.
    #[must_use]
    pub fn reasons<'p>(&self, profile: &'p Profile) -> Vec<(&'p Evidence, f64)> {
        let parts = profile.evidence.iter().zip(self.parts.iter().copied());
        let mut reasons: Vec<_> = parts.filter(|(_, part)| *part > 0.0).collect();
        reasons.sort_by(|(one, part), (other, further)| {
            further.total_cmp(part).then_with(|| (other.on, other.key).cmp(&(one.on, one.key)))
        });
        reasons.truncate(MOST_EVIDENCE);
        reasons
    }
}

fn dot(one: [f64; 6], other: [f64; 6]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[expect(clippy::cast_precision_loss, reason = "far below the 53 bits that are exact")]
fn real(whole: i64) -> f64 {
    whole as f64
}

#[expect(clippy::cast_precision_loss, reason = "only the proportion of two weights matters")]
fn wide(whole: i128) -> f64 {
    whole as f64
}

/// A number in hundredths, for the wire.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "correlations are small")]
pub fn hundredths(number: f64) -> i64 {
    (number * 100.0).round() as i64
}

/// The six scores of every occupation and cluster of a catalogue that has some, by place.
#[derive(Debug, Default)]
pub struct Shapes {
    /// Of the occupations.
    pub occupations: Vec<Option<Six>>,
    /// Of the clusters: the means of their occupations.
    pub clusters: Vec<Option<Six>>,
}

impl Shapes {
    /// The shapes of a catalogue.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let six = |scores: [i32; 6]| scores.map(|score| i64::from(score) * 100);
        let scores = catalogue.occupations.iter();
        let occupations: Vec<_> =
            scores.map(|one| one.interests.map(|interests| six(interests.0))).collect();
        let clusters = catalogue.clusters.iter().map(|one| mean(one, &occupations)).collect();
        Self { occupations, clusters }
    }
}

fn mean(cluster: &KnownCluster, occupations: &[Option<Six>]) -> Option<Six> {
    let members: Vec<Six> = cluster.occupations.iter().filter_map(|at| occupations[*at]).collect();
    let count = i64::try_from(members.len()).ok().filter(|count| *count > 0)?;
    let mut sums = [0; 6];
    for member in members {
        for (sum, score) in sums.iter_mut().zip(member) {
            *sum += score;
        }
    }
    Some(sums.map(|sum| sum / count))
}

/// The shapes that fit, the best first and no more than `most`, by place; what does not fit at
/// all, with a correlation of 0 or less, is left out. Equal fits keep the order of their codes.
#[must_use]
pub fn ranked(
    profile: &Profile,
    shapes: impl Iterator<Item = (usize, Six)>,
    most: usize,
) -> Vec<(usize, Fit)> {
    let fits = shapes.filter_map(|(at, shape)| Some((at, Fit::of(profile, shape)?)));
    let mut fits: Vec<_> = fits.filter(|(_, fit)| fit.correlation > 0.0).collect();
    fits.sort_by(|(at, one), (place, other)| better(one, other).then(at.cmp(place)));
    fits.truncate(most);
    fits
}

fn better(one: &Fit, other: &Fit) -> Ordering {
    other.correlation.total_cmp(&one.correlation)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Fit, ranked};
    use crate::interests::rules::{
        decay::Source,
        profile::{Profile, Says, Signal},
    };

    fn signal(scores: [i32; 6], key: u128) -> Signal {
        Signal {
            source: Source::ShortForm,
            key: Uuid::from_u128(key),
            on: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
            until: None,
            says: Says::Scores(scores, 40),
        }
    }

    fn profile(all: &[[i32; 6]]) -> Profile {
        let signals: Vec<_> =
            all.iter().zip(1..).map(|(scores, key)| signal(*scores, key)).collect();
        Profile::of(NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(), &signals)
    }

    proptest! {
        #[test]
        fn the_evidence_adds_up_to_the_fit(
            scores in prop::collection::vec(prop::array::uniform6(0..=40), 1..6),
            shape in prop::array::uniform6(100_i64..=700),
        ) {
            let profile = profile(&scores);
            if let Some(fit) = Fit::of(&profile, shape) {
                prop_assert!(fit.correlation.abs() < 1.000_001);
                // Values are rounded to hundredths before they are compared.
                prop_assert!((fit.parts.iter().sum::<f64>() - fit.correlation).abs() < 0.01);
            }
        }
    }

    #[test]
    fn the_same_shape_fits_wholly_at_any_height() {
        let profile = profile(&[[10, 20, 5, 0, 0, 0]]);
        let fit = Fit::of(&profile, [300, 500, 200, 100, 100, 100]).unwrap();
        assert!((fit.correlation - 1.0).abs() < 1e-9, "{fit:?}");
        assert_eq!(fit.reasons(&profile).len(), 1);
        assert_eq!(Fit::of(&profile, [300; 6]), None);
    }

    #[test]
    fn a_flat_profile_claims_nothing_and_the_best_comes_first() {
        let shapes = [
            [100, 700, 100, 100, 100, 100],
            [700, 100, 100, 100, 100, 100],
            [700, 600, 100, 100, 100, 100],
        ];
        let all = || shapes.into_iter().enumerate();
        assert!(ranked(&profile(&[[20; 6]]), all(), 9).is_empty());
        let places = |profile: &Profile| -> Vec<usize> {
            ranked(profile, all(), 9).into_iter().map(|(at, _)| at).collect()
        };
        assert_eq!(places(&profile(&[[40, 20, 0, 0, 0, 0]])), [2, 1, 0]);
        assert_eq!(places(&profile(&[[0, 40, 0, 0, 0, 0]])), [0, 2]);
    }
}
