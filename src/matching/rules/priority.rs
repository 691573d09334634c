//! What comes before the lottery.

use serde::{Deserialize, Serialize};

/// What may come before the lottery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Priority {
    /// Who has had no placement comes before who has.
    FirstPlacement,
    /// Who is nearer to the end of school comes first.
    HigherGrade,
}

/// What the priorities look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// Whether the student has had a placement, or has one.
    pub has_been_placed: bool,
    /// The grade as a number, if it is one.
    pub grade: Option<u8>,
}

/// Grades are numbers up to this one.
const HIGHEST_GRADE: u8 = 31;

/// How many levels of the priorities stand before a student: one digit for each, the first one
/// the highest.
#[must_use]
pub fn level(priorities: &[Priority], student: Standing) -> u32 {
    priorities.iter().fold(0, |level, priority| {
        let (digits, digit) = match priority {
            Priority::FirstPlacement => (2, u32::from(student.has_been_placed)),
            Priority::HigherGrade => {
                let highest = u32::from(HIGHEST_GRADE);
                let grade = student.grade.map_or(0, |grade| u32::from(grade.min(HIGHEST_GRADE)));
                (highest + 1, highest - grade)
            }
        };
        level * digits + digit
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        Priority::{FirstPlacement, HigherGrade},
        Standing, level,
    };

    fn student() -> impl Strategy<Value = Standing> {
        (any::<bool>(), proptest::option::of(0..=13u8))
            .prop_map(|(has_been_placed, grade)| Standing { has_been_placed, grade })
    }

    proptest! {
        #[test]
        fn the_first_priority_decides_before_the_second(one in student(), other in student()) {
            let of = |student: Standing| (student.has_been_placed, std::cmp::Reverse(student.grade));
            prop_assume!(one.grade != Some(0) && other.grade != Some(0));
            let both = [FirstPlacement, HigherGrade];
            prop_assert_eq!(level(&both, one).cmp(&level(&both, other)), of(one).cmp(&of(other)));
            let turned = |student: Standing| (of(student).1, of(student).0);
            let both = [HigherGrade, FirstPlacement];
            prop_assert_eq!(
                level(&both, one).cmp(&level(&both, other)),
                turned(one).cmp(&turned(other))
            );
        }

        #[test]
        fn without_priorities_all_stand_alike(one in student(), other in student()) {
            prop_assert_eq!(level(&[], one), level(&[], other));
        }
    }
}
