//! What must be true of every profile.

use chrono::NaiveDate;
use entity::riasec::InterestArea;
use proptest::prelude::*;
use uuid::Uuid;

use super::{Profile, Says, Signal};
use crate::interests::rules::decay::Source;

const SOURCES: [Source; 11] = [
    Source::ShortForm,
    Source::Mini,
    Source::OtherInstrument,
    Source::Goal,
    Source::JobShadow,
    Source::Interview,
    Source::Tour,
    Source::Speaker,
    Source::Fair,
    Source::OtherExposure,
    Source::Response,
];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..3000).prop_map(|ago| today() - chrono::Days::new(ago))
}

fn says() -> impl Strategy<Value = Says> {
    let scores = prop::array::uniform6(0..=40).prop_map(|scores| Says::Scores(scores, 40));
    let liking = (1..=5, prop::array::uniform6(100_i64..=700));
    prop_oneof![scores, liking.prop_map(|(rating, of)| Says::Liking(rating, of))]
}

fn signal() -> impl Strategy<Value = Signal> {
    let source = prop::sample::select(&SOURCES[..]);
    (source, any::<u128>(), day(), says()).prop_map(|(source, key, on, says)| Signal {
        source,
        key: Uuid::from_u128(key),
        on,
        until: None,
        says,
    })
}

fn rank(profile: &Profile, area: InterestArea) -> usize {
    profile.ranked().iter().position(|one| *one == area).unwrap()
}

fn scores(scores: [i32; 6], on: NaiveDate) -> Signal {
    let says = Says::Scores(scores, 40);
    Signal { source: Source::ShortForm, key: Uuid::nil(), on, until: None, says }
}

proptest! {
    #[test]
    fn the_order_of_signals_does_not_matter(
        (signals, shuffled) in prop::collection::vec(signal(), 0..12)
            .prop_flat_map(|signals| (Just(signals.clone()), Just(signals).prop_shuffle()))
    ) {
        prop_assert_eq!(Profile::of(today(), &signals), Profile::of(today(), &shuffled));
    }

    #[test]
    fn more_evidence_for_an_area_never_lowers_its_rank(
        signals in prop::collection::vec(signal(), 0..12),
        at in 0_usize..6,
        others in prop::array::uniform6(0..=40),
        on in day(),
    ) {
        let area = InterestArea::ALL[at];
        let before = Profile::of(today(), &signals);
        let mut more = others;
        more[at] = 40;
        let further = [signals, vec![scores(more, on)]].concat();
        let after = Profile::of(today(), &further);
        prop_assert!(rank(&after, area) <= rank(&before, area));
    }

    #[test]
    fn liking_more_of_its_kind_never_lowers_an_area(
        signals in prop::collection::vec(signal(), 0..12),
        of in prop::array::uniform6(100_i64..=700),
        on in day(),
    ) {
        let highest = *of.iter().max().unwrap();
        let at = of.iter().position(|one| *one == highest).unwrap();
        let area = InterestArea::ALL[at];
        let liked = Signal { says: Says::Liking(5, of), ..scores([0; 6], on) };
        let before = Profile::of(today(), &signals);
        let after = Profile::of(today(), &[signals, vec![liked]].concat());
        prop_assert!(rank(&after, area) <= rank(&before, area));
    }

    #[test]
    fn ties_are_broken_in_hollands_order_and_reported(
        value in 0..=39,
        tied in prop::sample::subsequence((0_usize..6).collect::<Vec<_>>(), 2..=6),
    ) {
        let mut six = [value; 6];
        for at in &tied {
            six[*at] = 40;
        }
        let profile = Profile::of(today(), &[scores(six, today())]);
        let first: String = tied.iter().map(|at| InterestArea::ALL[*at].letter()).collect();
        let ranked: String = profile.ranked().iter().map(|area| area.letter()).collect();
        prop_assert!(ranked.starts_with(&first));
        prop_assert_eq!(&profile.ties()[0], &first);
    }

    #[test]
    fn a_profile_does_not_change_by_the_passing_of_time(
        signals in prop::collection::vec(signal(), 1..12),
        days in 0_u64..4000,
    ) {
        let (now, later) = (today(), today() + chrono::Days::new(days));
        let (before, after) = (Profile::of(now, &signals), Profile::of(later, &signals));
        prop_assert_eq!(before.values(), after.values());
        prop_assert_eq!(before.ranked(), after.ranked());
    }

    #[test]
    fn values_stay_on_the_scale(signals in prop::collection::vec(signal(), 0..12)) {
        let profile = Profile::of(today(), &signals);
        let values = profile.values().into_iter().flatten();
        prop_assert!(values.into_iter().all(|value| (0..=10_000).contains(&value)));
        let shares: i64 = profile.evidence.iter().map(|one| profile.share(one)).sum();
        prop_assert!(shares <= 10_000);
    }
}

#[test]
fn nothing_known_is_no_profile() {
    let profile = Profile::of(today(), &[]);
    assert_eq!(
        (profile.values(), profile.holland_code(), profile.differentiation()),
        (None, None, None)
    );
    assert!(profile.is_flat() && profile.ties().is_empty() && profile.primary().is_none());
}

#[test]
fn one_assessment_is_its_own_profile() {
    let profile = Profile::of(today(), &[scores([4, 40, 20, 10, 0, 30], today())]);
    assert_eq!(profile.values(), Some([1000, 10_000, 5000, 2500, 0, 7500]));
    assert_eq!(profile.holland_code().as_deref(), Some("ICA"));
    assert_eq!(profile.differentiation(), Some(10_000));
    assert!(!profile.is_flat());
    assert!(Profile::of(today(), &[scores([20, 21, 22, 20, 21, 22], today())]).is_flat());
}

#[test]
fn a_newer_assessment_weighs_more_and_tomorrow_does_not_count() {
    let old = scores([40, 0, 0, 0, 0, 0], today() - chrono::Months::new(48));
    let new = scores([0, 40, 0, 0, 0, 0], today());
    let profile = Profile::of(today(), &[old.clone(), new]);
    // Four years are two half-lives: one part in five.
    assert_eq!(profile.values(), Some([2000, 8000, 0, 0, 0, 0]));
    let tomorrow = scores([0, 0, 0, 0, 0, 40], today() + chrono::Days::new(1));
    let profile = Profile::of(today(), &[old, tomorrow]);
    assert_eq!(profile.values(), Some([10_000, 0, 0, 0, 0, 0]));
}

#[test]
fn a_goal_that_another_replaced_counts_until_then() {
    let of = [700, 100, 100, 100, 100, 100];
    let goal = Signal {
        until: Some(today()),
        says: Says::Liking(5, of),
        ..scores([0; 6], today() - chrono::Days::new(400))
    };
    assert_eq!(Profile::of(today(), std::slice::from_ref(&goal)).values(), None);
    let before = Profile::of(today() - chrono::Days::new(1), &[goal]);
    assert_eq!(before.values(), Some([10_000, 4000, 4000, 4000, 4000, 4000]));
}

#[test]
fn what_was_disliked_counts_the_other_way_round() {
    let of = [700, 100, 100, 100, 100, 100];
    let rated = |rating| {
        let signal = Signal { says: Says::Liking(rating, of), ..scores([0; 6], today()) };
        Profile::of(today(), &[signal]).values()
    };
    assert_eq!(rated(1), Some([0, 6000, 6000, 6000, 6000, 6000]));
    assert_eq!(rated(4), Some([7500, 4500, 4500, 4500, 4500, 4500]));
    assert_eq!(rated(3), None);
}
