//! Reference data: loaded whole or not at all, kept by release, and open to every token.

mod command;
mod crosswalk;
pub mod files;
mod loading;
mod official;
mod reading;
mod refusals;
