//! Periods of which no two of the same owner may overlap.

use std::{collections::HashMap, hash::Hash};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{Problem, ProblemCode};

/// A stretch of days, both ends included; without an end it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Period {
    /// The row that it is stored in, when it is.
    pub row: Option<Uuid>,
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: Option<NaiveDate>,
}

/// The period that a row will take: the row when it is stored, and whose the period is. What does
/// not count takes none.
pub(super) type Taking<K> = (Option<Uuid>, Option<(K, Period)>);

impl Period {
    fn overlaps(&self, other: &Self) -> bool {
        let begins_in_time =
            |one: &Self, other: &Self| other.last.is_none_or(|last| one.first <= last);
        begins_in_time(self, other) && begins_in_time(other, self)
    }
}

/// Refuses each wanted period that runs into another one of its owner: a stored one that is not
/// written anew here, or an earlier one of the same input.
pub(super) fn check<K: Copy + Eq + Hash>(
    wanted: &[Taking<K>],
    stored: impl IntoIterator<Item = (K, Period)>,
    path: &str,
    problems: &mut [Vec<Problem>],
) {
    let rewritten: Vec<Uuid> = wanted.iter().filter_map(|(row, _)| *row).collect();
    let mut taken: HashMap<K, Vec<Period>> = HashMap::new();
    for (owner, period) in stored {
        if period.row.is_none_or(|row| !rewritten.contains(&row)) {
            taken.entry(owner).or_default().push(period);
        }
    }
    for ((_, wanted), problems) in wanted.iter().zip(problems) {
        let Some((owner, period)) = wanted else { continue };
        let taken = taken.entry(*owner).or_default();
        if taken.iter().any(|other| other.overlaps(period)) {
            let message = "the period runs into another one; end that one first";
            problems.push(Problem::field(ProblemCode::OverlappingPeriod, path, message));
        } else {
            taken.push(*period);
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::{Period, check};

    fn period(row: Option<u128>, first: u32, last: Option<u32>) -> Period {
        let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
        Period { row: row.map(Uuid::from_u128), first: day(first), last: last.map(day) }
    }

    fn refused(wanted: &[Period], stored: &[Period]) -> Vec<bool> {
        let wanted: Vec<_> = wanted.iter().map(|one| (one.row, Some(((), *one)))).collect();
        let mut problems = vec![Vec::new(); wanted.len()];
        check(&wanted, stored.iter().map(|one| ((), *one)), "startedOn", &mut problems);
        problems.iter().map(|problems| !problems.is_empty()).collect()
    }

    #[test]
    fn days_are_included_at_both_ends() {
        let stored = [period(Some(1), 5, Some(9))];
        for (first, last, expected) in [
            (1, Some(4), false),
            (1, Some(5), true),
            (9, None, true),
            (10, None, false),
            (1, None, true),
            (6, Some(7), true),
        ] {
            assert_eq!(refused(&[period(None, first, last)], &stored), [expected], "{first}");
        }
    }

    #[test]
    fn a_row_that_is_written_anew_does_not_stand_in_its_own_way() {
        let stored = [period(Some(1), 5, None)];
        let wanted = [period(Some(1), 5, Some(9)), period(None, 10, None), period(None, 12, None)];
        assert_eq!(refused(&wanted, &stored), [false, false, true]);
    }
}
