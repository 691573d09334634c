//! How every report ends: the reasons to refuse, what was let pass, and how much it all was.

use std::fmt;

use super::{FileCount, Refusal};

/// The end of a report.
#[derive(Debug)]
pub struct Tail<'a> {
    /// What each file held.
    pub files: &'a [FileCount],
    /// How many reasons there were to refuse.
    pub refused: u64,
    /// The first of these reasons.
    pub refusals: &'a [Refusal],
    /// What was let pass or left out.
    pub notes: &'a [String],
    /// How long it took.
    pub seconds: f64,
}

impl fmt::Display for Tail<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for refusal in self.refusals {
            writeln!(out, "{refusal}")?;
        }
        let kept = u64::try_from(self.refusals.len()).unwrap_or(u64::MAX);
        if self.refused > kept {
            writeln!(out, "… and {} more", self.refused - kept)?;
        }
        for note in self.notes {
            writeln!(out, "note: {note}")?;
        }
        let rows: u64 = self.files.iter().map(|file| file.rows).sum();
        writeln!(out, "{rows} rows, {} refusals, {:.1} s", self.refused, self.seconds)
    }
}
