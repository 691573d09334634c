//! Jobs: how they are made, claimed, moved on and forgotten.

pub mod claim;
pub mod create;
pub mod download;
pub mod lines;
mod logged;
mod own;
pub mod progress;
pub mod request;
pub mod retention;
pub mod state;
pub mod upload;
mod visible;

use chrono::TimeDelta;

pub use request::Request;

/// Jobs of one client that have not come to their end.
pub const MOST_OPEN: u64 = 10;
/// How long a job has to come to its end.
pub const TIME: TimeDelta = TimeDelta::hours(24);
/// How long the files of a job are kept once it has.
pub const KEPT: TimeDelta = TimeDelta::days(7);
