//! How much of anything a bundle may hold.
//!
//! The figures are far above what the largest district sends and far below what hurts a server.

/// The longest single value of a CSV file, in bytes: 64 KiB.
pub const MAX_FIELD_BYTES: usize = 64 * 1024;

/// The longest row of a CSV file, in bytes: 1 MiB. It bounds what is held in memory.
pub const MAX_ROW_BYTES: usize = 1024 * 1024;

/// The most entries a zip file may list: 64. OneRoster 1.2 knows 22 files.
pub const MAX_ENTRIES: usize = 64;

/// The most bytes one zip entry may unfold to: 2 GiB.
pub const MAX_ENTRY_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// The most bytes all entries of a zip file may unfold to: 8 GiB.
pub const MAX_TOTAL_BYTES: u64 = 8 * 1024 * 1024 * 1024;

/// The highest compression ratio that is believed: 200 to 1. Rosters compress 5 to 20 to 1.
pub const MAX_RATIO: u64 = 200;

/// Up to this unfolded size the ratio is not looked at: 16 MiB.
pub const RATIO_FREE_BYTES: u64 = 16 * 1024 * 1024;

/// The bounds a zip file must keep; the default is what the constants of this module say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most entries, of any kind.
    pub entries: usize,
    /// The most unfolded bytes of one entry.
    pub entry_bytes: u64,
    /// The most unfolded bytes of all entries together.
    pub total_bytes: u64,
    /// The highest ratio of unfolded to packed bytes.
    pub ratio: u64,
    /// The unfolded size up to which any ratio is fine.
    pub ratio_free_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: MAX_ENTRIES,
            entry_bytes: MAX_ENTRY_BYTES,
            total_bytes: MAX_TOTAL_BYTES,
            ratio: MAX_RATIO,
            ratio_free_bytes: RATIO_FREE_BYTES,
        }
    }
}
