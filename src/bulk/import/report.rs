//! What an import came to.

mod print;
mod tail;

use std::collections::BTreeMap;

use serde::Serialize;

pub use tail::Tail;

use super::refusal::Refusal;
use crate::bulk::oneroster::{FileKind, FileReport, Note};

/// Refusals that are kept word by word; all are counted.
const KEPT: usize = 1_000;

/// What became of a bundle.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// The format it was recognised as, as `OneRoster 1.2`.
    pub format: &'static str,
    /// The name under which its keys are kept.
    pub source_system: String,
    /// Whether everything was taken back in the end.
    pub dry_run: bool,
    /// What each file held.
    pub files: Vec<FileCount>,
    /// What became of the rows, kind by kind.
    pub kinds: Vec<KindCount>,
    /// How many reasons there were to refuse rows.
    pub refused: u64,
    /// The first of these reasons.
    pub refusals: Vec<Refusal>,
    /// What was let pass or left out.
    pub notes: Vec<String>,
    /// How long it took.
    pub seconds: f64,
}

/// What one file held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileCount {
    /// The file.
    pub file: String,
    /// Its rows below the header.
    pub rows: u64,
    /// How many of them were refused, wholly or in part.
    pub refused: u64,
}

/// What became of the rows of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct KindCount {
    /// The kind.
    pub kind: Kind,
    /// How many the bundle brings.
    pub read: u64,
    /// How many were new.
    pub created: u64,
    /// How many differed, in what they say or in what they are tied to.
    pub updated: u64,
    /// How many were equal.
    pub unchanged: u64,
    /// How many are no longer in use.
    pub retired: u64,
    /// How many could not be taken.
    pub refused: u64,
}

/// The kinds of rows that a bundle brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// Schools.
    Schools,
    /// School years and their parts.
    AcademicSessions,
    /// Courses.
    Courses,
    /// Classes, their sessions and teachers.
    Classes,
    /// Students.
    Students,
    /// Guardians and whom they answer for.
    Guardians,
    /// Teachers, counselors and everyone else who works there.
    Staff,
    /// Students' seats in classes.
    Enrollments,
}

impl Kind {
    /// Every kind, in the order of the report.
    pub const ALL: [Self; 8] = [
        Self::Schools,
        Self::AcademicSessions,
        Self::Courses,
        Self::Classes,
        Self::Students,
        Self::Guardians,
        Self::Staff,
        Self::Enrollments,
    ];

    /// The kind in words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Schools => "schools",
            Self::AcademicSessions => "academic sessions",
            Self::Courses => "courses",
            Self::Classes => "classes",
            Self::Students => "students",
            Self::Guardians => "guardians",
            Self::Staff => "staff",
            Self::Enrollments => "enrollments",
        }
    }
}

impl ImportReport {
    pub(super) fn new(format: &'static str, source_system: &str, dry_run: bool) -> Self {
        let count = |kind| KindCount {
            kind,
            read: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            retired: 0,
            refused: 0,
        };
        Self {
            format,
            source_system: source_system.to_owned(),
            dry_run,
            files: Vec::new(),
            kinds: Kind::ALL.map(count).to_vec(),
            refused: 0,
            refusals: Vec::new(),
            notes: Vec::new(),
            seconds: 0.0,
        }
    }

    /// What became of one kind.
    #[must_use]
    pub fn of(&self, kind: Kind) -> KindCount {
        self.kinds[kind as usize]
    }

    /// Whether nothing at all was written.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.kinds.iter().all(|count| count.created + count.updated + count.retired == 0)
    }

    pub(super) fn count(&mut self, kind: Kind) -> &mut KindCount {
        &mut self.kinds[kind as usize]
    }

    /// Takes down why a row was refused, wholly or in part.
    pub(super) fn refuse(&mut self, file: FileKind, refusals: impl IntoIterator<Item = Refusal>) {
        let at = self.place(file);
        self.files[at].refused += 1;
        for refusal in refusals {
            self.refused += 1;
            if self.refusals.len() < KEPT {
                self.refusals.push(refusal);
            }
        }
    }

    /// Takes down what the reading of a file came to.
    pub(super) fn file(&mut self, file: FileKind, read: &FileReport) {
        let at = self.place(file);
        self.files[at].rows = read.rows;
        self.notes.extend(read.notes.iter().map(Note::to_string));
    }

    /// Takes down how often each thing occurred.
    pub(super) fn remark(&mut self, counts: &BTreeMap<&'static str, u64>) {
        let note = |(text, count): (&&str, &u64)| format!("{count} {text}");
        self.notes.extend(counts.iter().map(note));
    }

    fn place(&mut self, file: FileKind) -> usize {
        let name = file.file_name();
        let at = self.files.iter().position(|count| count.file == name);
        at.unwrap_or_else(|| {
            self.files.push(FileCount { file: name, rows: 0, refused: 0 });
            self.files.len() - 1
        })
    }
}
