//! What opening a bundle found out, before the first row.

use super::format::{FileKind, Format, Mode};
use super::refusal::{Code, Refusal};
use std::fmt;

/// Something worth telling the operator that keeps nothing from being imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The file it is about, or the bundle.
    pub file: String,
    /// What kind of thing it is.
    pub code: Code,
    /// How often it occurred.
    pub count: u64,
    /// The note itself, for a human.
    pub text: String,
}

impl Note {
    pub(super) fn new(file: &str, code: Code, text: impl Into<String>) -> Self {
        Self { file: file.to_owned(), code, count: 1, text: text.into() }
    }
}

impl From<Refusal> for Note {
    fn from(refusal: Refusal) -> Self {
        Self { file: refusal.file, code: refusal.code, count: 1, text: refusal.reason }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.file, self.text, self.code)?;
        if self.count > 1 { write!(f, " ({} times)", self.count) } else { Ok(()) }
    }
}

/// A file that will be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilePlan {
    /// Which file.
    pub kind: FileKind,
    /// What its rows mean for the rows it leaves out.
    pub mode: Mode,
    /// Its unpacked size.
    pub bytes: u64,
    /// Whether it has at least one row below its header. A bulk file without rows is an export
    /// that went wrong, never a wish to delete everything.
    pub has_rows: bool,
}

/// What a bundle is and what will be read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The format it was recognised as.
    pub format: Format,
    /// The name of the system that exported it, when the manifest tells.
    pub source_system: Option<String>,
    /// The files that will be read, in writing order.
    pub files: Vec<FilePlan>,
    /// What was let pass or left out.
    pub notes: Vec<Note>,
}

impl Plan {
    /// The plan of one file; none when it is absent.
    #[must_use]
    pub fn file(&self, kind: FileKind) -> Option<&FilePlan> {
        self.files.iter().find(|file| file.kind == kind)
    }

    /// All bytes that will be read: the length of a progress bar.
    #[must_use]
    pub fn total_bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Whether there is nothing to import.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.files.iter().any(|file| file.has_rows)
    }
}
