//! A student's time with a partner, from proposal to outcome, and the hours worked there.
//!
//! A placement belongs to the district that sends the student and to the partner that receives
//! them; both read and write it. It moves from state to state by steps that each have a name:
//! propose, match, start, complete, or cancel and terminate when it comes to nothing. A match holds
//! a seat of the opportunity, and a placement that is called off gives it back. A step that is
//! refused says everything that stands in its way.
//!
//! Hours are handed in day by day, approved by someone of the partner, and never edited after
//! that: a correction voids the old entry and hands in a new one.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
