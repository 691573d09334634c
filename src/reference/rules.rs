//! What is true of reference data whatever database they lie in.

pub mod bridge;
pub mod catalogue;
pub mod codes;
pub mod crosswalk;
