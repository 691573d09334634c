//! The bytes of bulk files: what clients upload, and what jobs make.
//!
//! A file lies in the database, cut into pieces, so that whichever replica is asked can serve it
//! and a job can be taken over by another one; it is gone with its job. Nobody ever holds a whole
//! file: it grows piece by piece and is read piece by piece.

mod append;
mod read;

pub use append::{append, forget};
pub use entity::bulk_chunk::BulkPart as Part;
pub use read::{length, read};

/// Bytes of one piece at most.
pub const PIECE: usize = 512 * 1024;
