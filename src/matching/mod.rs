//! Whom to place where: what fits one student, and who gets which seat of a whole year.
//!
//! **Wishes.** A student's list of wishes names opportunities in the order in which they are
//! wanted. Lists come in like any other row, by key, one by one or by file.
//!
//! **Recommendations** are for one student: the open opportunities that may be taken, those first
//! that fit what the student is drawn to, each with its reasons. They are worked out when asked for.
//!
//! **A run** is for all students with a list at once. It takes the lists and the free seats as they
//! stand, leaves out what may not be (`rules::eligible`), and assigns by student-proposing deferred
//! acceptance (`rules::deferred`): the result is the best for every student among all that leave no
//! student and no opportunity wishing for each other. Where more students want a seat than there
//! are, the priorities of the run decide, then a lottery that is drawn from its seed: whoever has
//! lists, seats and seed comes to the same result. A run is a proposal and changes nothing until a
//! coordinator confirms it; then every placement of it is made and every seat taken in one
//! transaction, or nothing is.
//!
//! **Who sees it.** The district and the platform. A partner sees the placements that come of it.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
