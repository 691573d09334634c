//! The database handle: one writer, many readers, two dialects.
//!
//! SQLite allows one writer at a time, so writes go through a pool of one connection whose
//! transactions begin IMMEDIATE: they queue instead of failing half-way. Reads have a pool of
//! their own and see the last committed state (WAL). On PostgreSQL writer and readers share a
//! pool, unless a replica is named for the reads.
//!
//! Whoever needs one state for longer than a statement reads a [`Snapshot`].
//!
//! Rows leave through one door only: [`visible()`], which starts a `Select` at what the caller may
//! see. Nothing else in the house may call `Entity::find`.

pub mod affiliation;
mod columns;
mod connect;
mod create;
mod dialect;
pub mod external;
mod intake;
mod json;
mod keyset;
mod logged;
mod once;
pub mod outbox;
mod per_parent;
mod race;
mod read;
mod snapshot;
mod step;
mod upsert;
pub mod view;
mod visible;
mod wake;
pub mod world;
mod write;

pub use columns::{column_of, columns_named};
pub use connect::{Backend, Db};
pub use create::{create, create_row};
pub use dialect::{any_of, any_text, list_of_texts, skip_locked, statement};
pub use intake::{Column, Intake, Landed, Shape};
pub use json::{from_json, to_json};
pub use keyset::{Page, Position, Slice, SortKey};
pub use logged::{Logged, Owners};
pub use once::{KEPT, Kept, KeptRow, forget_keys};
pub use race::{is_lost, settled};
pub use read::Reader;
pub use snapshot::{MOST_SNAPSHOTS, Snapshot};
pub use step::check_step;
pub use upsert::{
    ErrorPolicy, Outcome, RowKey, RowOutcome, Synced, Wanted, update_row, upsert, upsert_rows,
};
pub use visible::{Visible, visible};
pub use wake::Wake;
pub use write::{Write, assign, default_to, execute, expect_version};
