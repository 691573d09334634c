//! The rows of signals, the profile that they make, and counts of many profiles.

pub mod assessment;
pub mod exposure;
pub mod goal;
mod logged;
pub mod profile;
pub mod question;
pub mod response;
pub mod signal;
pub mod standing;
pub mod summary;
pub mod survey;
pub mod tag;
mod visible;
