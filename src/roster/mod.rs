//! Who learns where: districts, schools, sessions, students, guardians, staff, courses, classes
//! and enrollments, in the terms of OneRoster.
//!
//! A district owns its roster. Its student information system is the source of truth: rows come in
//! from there, by file or by `…BulkUpsert`, under the keys that it uses, and are never deleted but
//! marked as no longer in use. A partner sees of all this only the students whose placements it
//! sees, and of them only the name.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
