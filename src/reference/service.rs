//! Statements over reference data: what is loaded, and loading more of it.

pub mod bridge;
pub mod catalogue;
pub mod crosswalk;
pub mod load;
pub mod member;
pub mod release;
mod visible;
