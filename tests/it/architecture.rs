//! The walls of the house, read from the source: who may import whom, where rows leave, which
//! crate is named where, and what the files are called.
//!
//! A rule that is only written down is broken by the third newcomer, politely and unnoticed; so
//! each one is checked here, and each check is itself shown a sample that it must refuse.

mod doors;
mod imports;
mod paths;
mod rooms;
mod samples;
mod shape;
mod source;

use source::SourceFile;

/// A broken rule, with the place to mend.
#[derive(Debug, PartialEq, Eq)]
struct Violation {
    path: String,
    line: usize,
    reason: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.reason)
    }
}

/// Every broken rule in these files.
fn violations(files: &[SourceFile]) -> Vec<Violation> {
    let exports = imports::Exports::of(files);
    files
        .iter()
        .flat_map(|file| {
            let walls = imports::check(file, &exports);
            walls.into_iter().chain(doors::check(file)).chain(shape::check(file))
        })
        .collect()
}

#[test]
fn the_source_keeps_to_the_plan_of_the_house() {
    let files = source::tree();
    for known in ["src/lib.rs", "src/store/visible.rs", "entity/src/lib.rs", "migration/src/lib.rs"]
    {
        assert!(files.iter().any(|file| file.path == known), "{known} was not read");
    }
    let found: Vec<_> = violations(&files).iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{} broken rules\n{}", found.len(), found.join("\n"));
}
