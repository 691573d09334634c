//! Placements and hours: who may see them, and how they are written.
//!
//! Each use case is one function that runs in one transaction.

pub mod draft;
mod logged;
mod placement;
pub mod proposal;
mod references;
pub mod seated;
pub mod time_entry;
pub mod totals;
pub mod transition;
mod visible;
mod worlds;
