//! What must hold for a list of wishes.

use std::collections::HashMap;

use entity::{id::StudentId, placement_preference::Model};

use crate::{
    error::{Problem, ProblemCode, Problems},
    matching::service::preference::PreferenceDraft,
};

/// No list is longer.
const LONGEST_LIST: i32 = 50;

/// What is wrong with a wish, given the stored row.
#[must_use]
pub fn preference(draft: &PreferenceDraft, row: Option<&Model>) -> Vec<Problem> {
    let mut problems = Problems::of_row(row.is_none());
    problems.present("studentId", draft.student.as_ref());
    problems.present("opportunityId", draft.opportunity.as_ref());
    problems.present("rank", draft.rank.as_ref());
    problems.range("rank", draft.rank, 1..=LONGEST_LIST);
    let moved = |wanted: bool, path: &str, problems: &mut Problems| {
        if wanted {
            let message = "a wish stays with its student and its opportunity; retire it and write \
                           another";
            problems.refuse(ProblemCode::ReadOnly, path, message);
        }
    };
    if let Some(row) = row {
        let is_other = draft.student.is_some_and(|student| student != row.student_id);
        moved(is_other, "studentId", &mut problems);
        let is_other = draft.opportunity.is_some_and(|wanted| wanted != row.opportunity_id);
        moved(is_other, "opportunityId", &mut problems);
    }
    problems.found()
}

/// A wish that holds, as it will be after the write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whose list it is on.
    pub student: StudentId,
    /// Its place there.
    pub rank: i32,
}

/// Which of the written wishes (by their place in the batch) take a place that another one has: one
/// of the batch, or a stored one that the batch does not move away.
#[must_use]
pub fn ranks(written: &[(usize, Place)], others: &[Place]) -> Vec<usize> {
    let mut taken: HashMap<(StudentId, i32), usize> = HashMap::new();
    for place in others.iter().chain(written.iter().map(|(_, place)| place)) {
        *taken.entry((place.student, place.rank)).or_default() += 1;
    }
    let is_doubled = |place: &Place| taken[&(place.student, place.rank)] > 1;
    written.iter().filter(|(_, place)| is_doubled(place)).map(|(at, _)| *at).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::{Place, ranks};

    fn place(student: u128, rank: i32) -> Place {
        Place { student: Uuid::from_u128(student).into(), rank }
    }

    #[test]
    fn two_wishes_of_one_student_never_share_a_place() {
        let written = [(3, place(1, 1)), (4, place(1, 2)), (7, place(1, 2)), (8, place(2, 2))];
        assert_eq!(ranks(&written, &[]), [4, 7]);
        assert_eq!(ranks(&written[..2], &[place(1, 1), place(2, 2)]), [3]);
    }
}
