//! What must hold for a run.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use super::priority::Priority;
use crate::error::{Problem, ProblemCode, Problems};

/// The longest seed, in bytes.
const LONGEST_SEED: usize = 100;

/// How much goes into one run.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Wishes on all lists.
    pub wishes: u64,
    /// Opportunities that a run may be restricted to.
    pub opportunities: RangeInclusive<usize>,
}

impl Limits {
    /// What every run keeps to: three times the largest run that was measured.
    pub const USUAL: Self = Self { wishes: 2_000_000, opportunities: 1..=1000 };
}

/// What is wrong with the terms of a run.
#[must_use]
pub fn run(
    name: &str,
    seed: &str,
    (starts_on, ends_on): (NaiveDate, NaiveDate),
    priorities: &[Priority],
    named: Option<usize>,
) -> Vec<Problem> {
    let mut problems = Problems::of_row(true);
    problems.name("name", Some(name));
    if seed.is_empty() || seed.len() > LONGEST_SEED {
        let message = format!("from 1 to {LONGEST_SEED} bytes are allowed");
        problems.refuse(ProblemCode::OutOfRange, "seed", message);
    }
    if ends_on < starts_on {
        let message = format!("the last day cannot lie before the first, {starts_on}");
        problems.refuse(ProblemCode::OutOfRange, "endsOn", message);
    }
    let twice = priorities.iter().enumerate().find(|(at, one)| priorities[..*at].contains(one));
    if twice.is_some() {
        let message = "each priority counts once";
        problems.refuse(ProblemCode::DuplicateInInput, "priorities", message);
    }
    let allowed = Limits::USUAL.opportunities;
    if named.is_some_and(|named| !allowed.contains(&named)) {
        let message = format!("from {} to {} are allowed", allowed.start(), allowed.end());
        problems.refuse(ProblemCode::OutOfRange, "opportunityIds", message);
    }
    problems.found()
}
