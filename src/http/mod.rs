//! Everything that speaks HTTP.

pub mod docs;
