//! Placements: proposed, moved from state to state, written by night, seen by those whom they
//! concern; and their hours.

mod approval;
mod bulk;
mod hours;
mod races;
mod reads;
mod refusal;
mod seats;
mod steps;
mod tenancy;
mod terms;
mod world;
