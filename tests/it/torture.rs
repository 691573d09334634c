//! Servers that are killed, writers that try again, followers that go on: nothing is missed and
//! nothing is done twice.
//!
//! It lasts some seconds; `PATHBRIDGE_TORTURE_SECONDS` says how many.

mod copy;
mod fleet;
mod jobs;
mod log;
mod webhooks;
mod writers;
