//! Career pathways: the programmes of a district, who is on which, and how far they have come.
//!
//! **A pathway** is a programme of study of a district: a career cluster, a code of the CIP, courses
//! in an order, each required or elective, credentials that it leads to, and the work-based learning
//! that it asks for. A course stands in a pathway once, and in as many pathways as the district
//! likes. A student's *enrollment* on a pathway lasts from the day of entry to the day of exit, with
//! the reason; of one student on one pathway no two overlap.
//!
//! **Progress** is worked out when it is asked for, from the results of the roster's enrollments and
//! from nothing else: no flag is stored that could disagree with them. What makes a participant, a
//! concentrator or a completer is told by a *definition*, which is data: a district has its own for
//! a time, with where it is written; where it has none, that of the Perkins Act holds
//! (`rules::levels`). The pure function is `rules::progress`.
//!
//! **Recommendations** rank the pathways of the district that a student is not on by interest fit
//! and by the courses already taken, and give both as reasons (`rules::recommend`). A caller who may
//! not read interests gets an order that no interest has touched.
//!
//! **Who sees it.** The district that owns the rows, and the platform. Whoever sees progress sees a
//! part of an education record: no partner ever sees a row of this slice or can be granted its
//! scopes.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
