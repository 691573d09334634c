//! What a run comes to, student by student.

use entity::id::OpportunityId;
use serde::{Deserialize, Serialize};

use super::market::Market;
use crate::matching::rules::{deferred, eligible::Refusal};

/// Something that a student wanted more than what they got, and why they did not get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    /// What was wanted.
    pub opportunity: OpportunityId,
    /// Its place on the student's list.
    pub rank: i32,
    /// Why not.
    pub reason: Refusal,
}

/// What became of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// What the student got: the opportunity and its place on the list.
    pub got: Option<(OpportunityId, i32)>,
    /// What they wanted more, in the order of the list.
    pub passed_over: Vec<PassedOver>,
}

/// Assigns the seats; the answers are in the order of the students.
pub(super) fn assign(market: &Market) -> Vec<Outcome> {
    let seats: Vec<u32> = market.offers.iter().map(|offer| offer.seats).collect();
    let lists = market.lists();
    let got = deferred::assign(&seats, &lists);
    got.into_iter().enumerate().map(|(student, got)| outcome(market, student, got)).collect()
}

/// The list of the run leaves out what is not eligible, so places are those of the student's own.
fn outcome(market: &Market, student: usize, got: Option<usize>) -> Outcome {
    let student = &market.students[student];
    let eligible = || student.wishes.iter().filter(|wish| wish.refusal.is_none());
    let got = got.and_then(|place| eligible().nth(place));
    let wanted_more =
        student.wishes.iter().take_while(|wish| got.is_none_or(|got| wish.rank < got.rank));
    let passed_over = wanted_more.map(|wish| PassedOver {
        opportunity: market.offers[wish.offer as usize].id,
        rank: wish.rank,
        reason: wish.refusal.unwrap_or(Refusal::Full),
    });
    Outcome {
        got: got.map(|wish| (market.offers[wish.offer as usize].id, wish.rank)),
        passed_over: passed_over.collect(),
    }
}
