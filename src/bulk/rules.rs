//! What must hold of jobs, and how their files are cut: pure functions over data.

mod lines;
mod range;

pub use lines::{LONGEST_LINE, Line, Splitter};
pub use range::{Piece, piece};

use super::service::request::Import;
use crate::error::{Problem, ProblemCode, Problems};

/// The largest file that can be imported.
pub const LARGEST_FILE: u64 = 2 * 1024 * 1024 * 1024;

/// What is wrong with what a client calls its job; it may do without.
#[must_use]
pub fn reference(text: Option<&str>) -> Vec<Problem> {
    let mut problems = Problems::of_row(true);
    problems.text("clientReference", text);
    problems.found()
}

/// What is wrong with an import of rows that know, or do not, that they are no longer in use.
#[must_use]
pub fn import(import: &Import, retires: bool) -> Vec<Problem> {
    let mut problems = Problems::of_row(true);
    problems.range("sizeBytes", Some(import.size), 1..=LARGEST_FILE);
    let is_digest =
        |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    problems.form("sha256", Some(&import.sha256), is_digest, "64 hexadecimal digits");
    problems.range("deleteMissing.maxFraction", import.delete_missing, 0.0..=1.0);
    if import.delete_missing.is_some() && !retires {
        let message = "rows of this type have no status that says they are no longer in use";
        problems.refuse(ProblemCode::OutOfRange, "deleteMissing", message);
    }
    problems.found()
}

#[cfg(test)]
mod tests {
    use super::{Import, import};
    use crate::bulk::service::request::Format;

    fn an_import() -> Import {
        Import {
            rows: "STUDENT".to_owned(),
            format: Format::Csv,
            size: 10,
            sha256: "0a".repeat(32),
            is_all_or_nothing: false,
            is_dry_run: false,
            delete_missing: None,
            home: None,
        }
    }

    fn paths(import_: &Import, retires: bool) -> Vec<String> {
        import(import_, retires).into_iter().map(|problem| problem.path.join(".")).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        assert!(paths(&an_import(), false).is_empty());
        let wrong =
            Import { size: 0, sha256: "0a".repeat(31), delete_missing: Some(1.5), ..an_import() };
        let all = ["sizeBytes", "sha256", "deleteMissing.maxFraction", "deleteMissing"];
        assert_eq!(paths(&wrong, false), all);
        assert_eq!(paths(&wrong, true), all[..3]);
        let large = Import { size: super::LARGEST_FILE + 1, ..an_import() };
        assert_eq!(paths(&large, true), ["sizeBytes"]);
    }
}
