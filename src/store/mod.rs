//! The database handle: one writer, many readers, two dialects.
//!
//! SQLite allows one writer at a time, so writes go through a pool of one connection whose
//! transactions begin IMMEDIATE: they queue instead of failing half-way. Reads have a pool of
//! their own and see the last committed state (WAL). On PostgreSQL writer and readers share a
//! pool, unless a replica is named for the reads.
//!
//! Rows leave through one door only: [`visible()`], which starts a `Select` at what the caller may
//! see. Nothing else in the house may call `Entity::find`.

mod connect;
mod visible;

pub use connect::{Backend, Db};
pub use visible::{Visible, visible};
