//! Scoring the O*NET Interest Profiler from raw answers.
//!
//! An answer is a digit from 1 (strongly dislike) to 5 (strongly like) and scores 0 to 4. The short
//! form has ten items for each of the six areas, so an area scores 0 to 40; the mini form has five
//! and scores 0 to 20. The scores are kept as they are counted, with the highest that is possible
//! beside them. The items of the short form come two by two (R R I I A A S S E E C C, five times),
//! those of the mini form one by one (R I A S E C, five times).

use entity::{interest_assessment::InterestInstrument, riasec::InterestArea};

/// The lowest answer: strongly dislike.
pub const LOWEST_ANSWER: i32 = 1;
/// The highest answer: strongly like.
pub const HIGHEST_ANSWER: i32 = 5;

/// How many items an instrument has, when it is one that is scored here.
#[must_use]
pub const fn items(instrument: InterestInstrument) -> Option<usize> {
    match instrument {
        InterestInstrument::OnetShortForm => Some(60),
        InterestInstrument::OnetMini => Some(30),
        InterestInstrument::Other => None,
    }
}

/// The highest score of an area, when the instrument fixes it.
#[must_use]
pub const fn max_score(instrument: InterestInstrument) -> Option<i32> {
    match instrument {
        InterestInstrument::OnetShortForm => Some(40),
        InterestInstrument::OnetMini => Some(20),
        InterestInstrument::Other => None,
    }
}

/// The area of an item, counted from 0.
#[must_use]
pub const fn area(instrument: InterestInstrument, item: usize) -> InterestArea {
    let in_a_row = match instrument {
        InterestInstrument::OnetShortForm => 2,
        InterestInstrument::OnetMini | InterestInstrument::Other => 1,
    };
    InterestArea::ALL[item / in_a_row % InterestArea::ALL.len()]
}

/// The six scores of a whole set of answers; none when there are too few or too many, or when one
/// is out of range.
#[must_use]
pub fn score(instrument: InterestInstrument, answers: &[i32]) -> Option<[i32; 6]> {
    let is_answer = |answer: &i32| (LOWEST_ANSWER..=HIGHEST_ANSWER).contains(answer);
    if Some(answers.len()) != items(instrument) || !answers.iter().all(is_answer) {
        return None;
    }
    let mut scores = [0; 6];
    for (item, answer) in answers.iter().enumerate() {
        scores[area(instrument, item) as usize] += answer - LOWEST_ANSWER;
    }
    Some(scores)
}

/// Answers as they are kept: a digit for each.
#[must_use]
pub fn written(answers: &[i32]) -> String {
    answers.iter().map(ToString::to_string).collect()
}

/// Answers as they were given.
#[must_use]
pub fn read(written: &str) -> Vec<i32> {
    let digits = written.chars().filter_map(|digit| digit.to_digit(10));
    digits.filter_map(|digit| i32::try_from(digit).ok()).collect()
}

#[cfg(test)]
mod tests {
    use entity::interest_assessment::InterestInstrument::{OnetMini, OnetShortForm, Other};
    use proptest::prelude::*;

    use super::{area, read, score, written};

    #[test]
    fn the_items_stand_in_the_published_order() {
        let short: String = (0..60).map(|item| area(OnetShortForm, item).letter()).collect();
        assert_eq!(short, "RRIIAASSEECC".repeat(5));
        let mini: String = (0..30).map(|item| area(OnetMini, item).letter()).collect();
        assert_eq!(mini, "RIASEC".repeat(5));
    }

    #[test]
    fn every_area_of_the_short_form_has_its_own_ten_items() {
        for (at, wanted) in "RIASEC".chars().enumerate() {
            let answers: Vec<i32> = (0..60)
                .map(|item| if area(OnetShortForm, item).letter() == wanted { 5 } else { 1 })
                .collect();
            let mut expected = [0; 6];
            expected[at] = 40;
            assert_eq!(score(OnetShortForm, &answers), Some(expected));
        }
        assert_eq!(score(OnetShortForm, &[3; 60]), Some([20; 6]));
    }

    #[test]
    fn what_is_no_whole_set_of_answers_has_no_score() {
        assert_eq!(score(OnetShortForm, &[3; 59]), None);
        assert_eq!(score(OnetMini, &[3; 60]), None);
        assert_eq!(score(OnetMini, &[0; 30]), None);
        assert_eq!(score(OnetMini, &[6; 30]), None);
        assert_eq!(score(Other, &[3; 60]), None);
    }

    proptest! {
        #[test]
        fn answers_are_kept_and_counted(answers in prop::collection::vec(1..=5, 30)) {
            prop_assert_eq!(read(&written(&answers)), answers.clone());
            let scores = score(OnetMini, &answers).unwrap();
            let total: i32 = answers.iter().map(|answer| answer - 1).sum();
            prop_assert_eq!(scores.iter().sum::<i32>(), total);
            prop_assert!(scores.iter().all(|score| (0..=20).contains(score)));
        }
    }
}
