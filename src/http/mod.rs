//! Everything that speaks HTTP.

pub mod playground;
