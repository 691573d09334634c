//! Rows of the database: one file per table, typed keys, and states that know their transitions.

pub mod id;
