//! Which pathways suit a student: version 1 of the formula.
//!
//! Two things speak for a pathway. *Interest*: how well its career cluster fits the student's
//! profile, a correlation from 0 to 1 that gives up to 60 points. *Courses*: what of it the student
//! has completed, or is taking, which counts by half; the whole pathway gives 40. A pathway that
//! nothing speaks for is left out, and so is one that the student is on, or has completed. Equal
//! scores stand by name.
//!
//! Where interests may not be read, they are not asked for: the points of interest are 0 for every
//! pathway, and the order tells nothing of them.

use std::cmp::Reverse;

use entity::id::PathwayId;

/// The version of the formula; whoever changes a step of it counts it up.
pub const FORMULA: i32 = 1;

/// Points for a perfect fit.
const INTEREST: i64 = 60;
/// Points, in hundredths, for a pathway that is all but completed.
const COURSES: i64 = 4_000;

/// What speaks for a pathway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reasons {
    /// The correlation of its cluster with the profile, in hundredths; 0 when none is known.
    pub fit: i64,
    /// Courses of it that are completed.
    pub completed: i32,
    /// Courses of it that are being taken.
    pub in_progress: i32,
    /// All its courses.
    pub courses: i32,
}

impl Reasons {
    /// The score, 0 to 100 in hundredths.
    #[must_use]
    pub fn score(&self) -> i64 {
        let halves = i64::from(self.completed) * 2 + i64::from(self.in_progress);
        let whole = (i64::from(self.courses) * 2).max(1);
        self.fit.clamp(0, 100) * INTEREST + halves.min(whole) * COURSES / whole
    }
}

/// The pathways that something speaks for, the best first and no more than `most`, by place.
#[must_use]
pub fn ranked(candidates: &[(PathwayId, &str, Reasons)], most: usize) -> Vec<usize> {
    let mut places: Vec<_> =
        (0..candidates.len()).filter(|at| candidates[*at].2.score() > 0).collect();
    places.sort_by_key(|at| {
        let (id, name, reasons) = candidates[*at];
        (Reverse(reasons.score()), name, id.0)
    });
    places.truncate(most);
    places
}

#[cfg(test)]
mod tests {
    use entity::id::PathwayId;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Reasons, ranked};

    prop_compose! {
        fn any_reasons()(fit in -100_i64..=100, courses in 0..6_i32, completed in 0..6_i32,
            in_progress in 0..6_i32)
            -> Reasons {
            let completed = i32::min(completed, courses);
            Reasons { fit, completed, in_progress: i32::min(in_progress, courses - completed), courses }
        }
    }

    proptest! {
        #[test]
        fn scores_lie_between_nothing_and_all_and_grow_with_each_reason(reasons in any_reasons()) {
            prop_assert!((0..=10_000).contains(&reasons.score()));
            let keener = Reasons { fit: (reasons.fit + 10).min(100), ..reasons };
            prop_assert!(keener.score() >= reasons.score());
            if reasons.in_progress > 0 {
                let further = Reasons {
                    completed: reasons.completed + 1,
                    in_progress: reasons.in_progress - 1,
                    ..reasons
                };
                prop_assert!(further.score() > reasons.score());
            }
        }

        #[test]
        fn the_order_of_candidates_does_not_matter(all in prop::collection::vec(any_reasons(), 0..9)) {
            let candidate = |(at, reasons): (u128, &Reasons)| {
                (PathwayId(Uuid::from_u128(at)), if at % 2 == 0 { "A" } else { "B" }, *reasons)
            };
            let mut candidates: Vec<_> = (0..).zip(&all).map(candidate).collect();
            let ids = |candidates: &[(PathwayId, &str, Reasons)]| -> Vec<_> {
                ranked(candidates, 5).into_iter().map(|at| candidates[at].0).collect()
            };
            let expected = ids(&candidates);
            candidates.reverse();
            prop_assert_eq!(ids(&candidates), expected);
        }
    }

    #[test]
    fn without_a_reason_there_is_no_recommendation() {
        let id = PathwayId(Uuid::from_u128(1));
        let of = |fit| ranked(&[(id, "A", Reasons { fit, courses: 3, ..Reasons::default() })], 5);
        assert_eq!((of(0).len(), of(-50).len(), of(1).len()), (0, 0, 1));
    }
}
