//! What a student is drawn to: every signal of it from middle school on, and the one profile that
//! they make.
//!
//! **Signals.** An *assessment* gives a score in each of Holland's six areas; the O*NET Interest
//! Profiler is scored here from its raw answers. A *survey* of a district asks about occupations
//! and career clusters, one in each question; a *response* is a student's rating. An *exposure* is a
//! meeting with a field of work, as a tour or a job shadow, with what the student made of it. A
//! *goal* says what the student means to become; a newer one supersedes it, and both stay. Every
//! signal has its day, its source and the grade at that time. None is ever deleted: what was
//! entered by mistake is retired, and counts no more.
//!
//! **The profile** is worked out when it is asked for, from all signals up to a day, by a formula
//! that has a version (`rules::profile` tells it and gives its reasons) and against the release of
//! occupations that is current. It is kept nowhere: a page of students takes six statements,
//! however many they are, and the arithmetic is cheap.
//!
//! **The standing** of a student, the strongest area and the best cluster, is written in the
//! transaction of each signal, so that a whole school is counted without reading a single signal.
//! It cannot grow stale between signals, for by the formula no profile changes by the passing of
//! time; a newer release of reference data has all of them worked out again.
//!
//! **Who sees it.** The district that owns the student, and the platform. Scores of the O*NET
//! Interest Profiler are for exploring careers and not for screening applicants, by its own terms
//! of use: no partner ever sees a row of this slice, none can be granted its scopes, and a token of
//! a partner that holds them all the same does not count as holding them.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
