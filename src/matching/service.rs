//! The use cases of wishes and runs.

pub mod confirm;
mod logged;
mod market;
mod outcome;
pub mod preference;
pub mod recommend;
pub mod run;
mod visible;

pub use outcome::PassedOver;
