//! Deferred acceptance: who gets which seat.
//!
//! Every student asks at the first offer of their list. An offer holds the best of those who have
//! asked, as many as it has seats, and turns the others away, who ask at the next offer of theirs;
//! whoever is held may still be turned away when somebody better asks. When nobody is left who has
//! somewhere to ask, what is held is final (Gale and Shapley, *College Admissions and the Stability
//! of Marriage*, 1962).
//!
//! The result does not depend on the order in which students ask. No student and offer would both
//! rather have each other than what they got, no result with that property is better for any
//! student, and nobody gains by another list than the true one.

use std::collections::BinaryHeap;

/// Where a student stands with an offer: the lower, the better.
///
/// Level first, then the ticket of the lottery, then the student's place in the run, so that no two
/// ever stand alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// What the run puts first.
    pub level: u32,
    /// What the student drew.
    pub ticket: u64,
    /// The place of the student.
    pub student: u32,
}

/// The lists of all students, one behind the other.
#[derive(Debug, Default)]
pub struct Lists {
    /// Where the list of each student ends.
    ends: Vec<usize>,
    /// Offers, by place, in the order in which the students want them.
    offers: Vec<u32>,
    /// Level and ticket of each student; the same with every offer.
    standings: Vec<Standing>,
}

impl Lists {
    /// Adds the next student.
    pub fn push(&mut self, level: u32, ticket: u64, wanted: impl IntoIterator<Item = u32>) {
        let student = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.offers.extend(wanted);
        self.ends.push(self.offers.len());
        self.standings.push(Standing { level, ticket, student });
    }

    /// How many students there are.
    #[must_use]
    pub fn students(&self) -> usize {
        self.ends.len()
    }

    /// The list of a student.
    #[must_use]
    pub fn of(&self, student: usize) -> &[u32] {
        let from = student.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.offers[from..self.ends[student]]
    }

    /// Where a student stands.
    #[must_use]
    pub fn standing(&self, student: usize) -> Standing {
        self.standings[student]
    }
}

/// For each student the place in their list of the offer that they got, if they got one.
#[must_use]
pub fn assign(seats: &[u32], lists: &Lists) -> Vec<Option<usize>> {
    let mut held: Vec<BinaryHeap<Standing>> = seats.iter().map(|_| BinaryHeap::new()).collect();
    let mut asked: Vec<usize> = vec![0; lists.students()];
    for student in 0..lists.students() {
        let mut asking = Some(student);
        while let Some(student) = asking {
            // At the end of the list nobody is asked, and nobody is turned away.
            let next = lists.of(student).get(asked[student]).map(|offer| *offer as usize);
            let standing = lists.standing(student);
            asking = next.and_then(|at| ask(&mut held[at], seats[at] as usize, standing));
            if let Some(turned_away) = asking {
                asked[turned_away] += 1;
            }
        }
    }
    let got = |(student, place): (usize, usize)| (place < lists.of(student).len()).then_some(place);
    asked.into_iter().enumerate().map(got).collect()
}

/// Holds a student if there is a seat or somebody worse; tells who is turned away.
fn ask(held: &mut BinaryHeap<Standing>, seats: usize, student: Standing) -> Option<usize> {
    held.push(student);
    let turned_away = if held.len() > seats { held.pop() } else { None };
    turned_away.map(|standing| standing.student as usize)
}

#[cfg(test)]
mod tests;
