//! Lists as files: everything that a query names, as it was at one instant.
//!
//! An export is a query of the API itself ([`crate::graphql::export`]), so a client gets by file
//! what it may read by pages: the same fields, the same rows, the same consent. It is read from
//! one state of the record that is [pinned](crate::changes::pin()) to its place in the log of
//! changes: whoever has loaded the file goes on with `changes(after:)` from that place and misses
//! nothing, and is told nothing that the file has already.
//!
//! A state cannot be taken up again by another process. An export whose worker died begins anew,
//! from a newer state, and what it had written is forgotten.
//!
//! While a page is turned into lines and compressed, the next one is read; no more than these two
//! and one piece of the file are ever held.

mod check;
mod job;
mod line;
mod pack;
mod run;

pub use check::check;
pub use job::{Halt, MOST_ATTEMPTS, work};
pub use line::Lines;
pub use pack::{PIECE, Pack};
pub use run::{Begun, Made, Sink, run};
