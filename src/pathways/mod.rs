//! Career pathways: the programmes of a district, and who is on which.
//!
//! **A pathway** is a programme of study of a district: a career cluster, a code of the CIP, courses
//! in an order, each required or elective, credentials that it leads to, and the work-based learning
//! that it asks for. A course stands in a pathway once, and in as many pathways as the district
//! likes. A student's *enrollment* on a pathway lasts from the day of entry to the day of exit, with
//! the reason; of one student on one pathway no two overlap.
//!
//! **A definition** tells what makes a participant, a concentrator or a completer: a district has its
//! own for a time, with where it is written, and no two are in force on the same day.
//!
//! **Who sees it.** The district that owns the rows, and the platform. Who is on a pathway is a part
//! of an education record: no partner ever sees a row of this slice or can be granted its scopes.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
