//! Everything that speaks HTTP.

pub mod docs;
pub mod playground;
