//! Why a row, or part of it, was not taken: by the reader, by the import or by the roster itself.

use std::fmt;

use serde::Serialize;

use crate::{
    bulk::oneroster::{self, FileKind},
    error::{Problem, ProblemCode},
};

/// One reason, and the place to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The file.
    pub file: String,
    /// The line on which the row begins, counted from 1.
    pub line: Option<u64>,
    /// The column, when one is at fault.
    pub column: Option<String>,
    /// A stable name for what is wrong.
    pub code: &'static str,
    /// What is wrong and what was expected; it never repeats a person's data.
    pub reason: String,
}

/// The row names something that is not there, or was itself refused.
pub(super) const REFERENCE_NOT_FOUND: &str = "REFERENCE_NOT_FOUND";
/// An earlier row has the same key, or the same place.
pub(super) const DUPLICATE: &str = "DUPLICATE";

impl Refusal {
    pub(super) fn new(
        file: FileKind,
        line: u64,
        column: &str,
        code: &'static str,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            file: file.file_name(),
            line: Some(line),
            column: Some(column.to_owned()),
            code,
            reason: reason.into(),
        }
    }

    /// Something that the row names is not there.
    pub(super) fn dangling(file: FileKind, line: u64, column: &str, noun: &str) -> Self {
        let reason = format!("no {noun} with this sourcedId was imported");
        Self::new(file, line, column, REFERENCE_NOT_FOUND, reason)
    }

    /// What the roster refused, at the column it came from.
    pub(super) fn of(
        file: FileKind,
        line: u64,
        columns: &[(&str, &str)],
        problem: &Problem,
    ) -> Self {
        let step = problem.path.first().map_or("", String::as_str);
        let column = columns.iter().find(|(field, _)| *field == step);
        Self {
            file: file.file_name(),
            line: Some(line),
            column: column.map(|(_, column)| (*column).to_owned()),
            code: code(problem.code),
            reason: problem.message.clone(),
        }
    }
}

impl From<oneroster::Refusal> for Refusal {
    fn from(refusal: oneroster::Refusal) -> Self {
        Self {
            file: refusal.file,
            line: refusal.line,
            column: refusal.column,
            code: refusal.code.as_str(),
            reason: refusal.reason,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(out, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(out, ": {column}")?;
        }
        write!(out, ": {} [{}]", self.reason, self.code)
    }
}

/// The code as `userErrors` names it too.
fn code(code: ProblemCode) -> &'static str {
    match code {
        ProblemCode::Required => "REQUIRED",
        ProblemCode::InvalidFormat => "INVALID_FORMAT",
        ProblemCode::OutOfRange => "OUT_OF_RANGE",
        ProblemCode::TooLong => "TOO_LONG",
        ProblemCode::NotFound => "NOT_FOUND",
        ProblemCode::AlreadyExists => "ALREADY_EXISTS",
        ProblemCode::VersionConflict => "VERSION_CONFLICT",
        ProblemCode::InvalidStateTransition => "INVALID_STATE_TRANSITION",
        ProblemCode::ReferenceNotFound => REFERENCE_NOT_FOUND,
        ProblemCode::OverlappingPeriod => "OVERLAPPING_PERIOD",
        ProblemCode::ReadOnly => "READ_ONLY",
        ProblemCode::Forbidden => "FORBIDDEN",
        ProblemCode::LimitExceeded => "LIMIT_EXCEEDED",
        ProblemCode::DuplicateInInput => DUPLICATE,
    }
}
