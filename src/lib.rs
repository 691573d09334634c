//! x

pub mod bulk;
