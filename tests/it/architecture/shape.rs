//! The shape of files: short, well named, introduced in words, and at their place in a slice.

use super::{Violation, rooms::SLICES, source::SourceFile};

/// A file of this many lines has become a folder.
const TOO_LONG: usize = 300;
/// Names that say nothing, and so take in everything.
const ATTICS: [&str; 6] = ["util", "utils", "helper", "helpers", "common", "misc"];
/// What every slice is made of.
const SLICE_FILES: [&str; 6] = ["mod", "types", "query", "mutation", "service", "rules"];

/// Every way in which the file is out of shape.
pub fn check(file: &SourceFile) -> Vec<Violation> {
    let lines = file.text.lines().count();
    let too_long = (lines >= TOO_LONG)
        .then(|| (TOO_LONG, format!("{lines} lines: from {TOO_LONG} on, a file becomes a folder")));
    let found = [too_long, attic(file), undocumented(file), stranger(file)];
    found
        .into_iter()
        .flatten()
        .map(|(line, reason)| Violation { path: file.path.clone(), line, reason })
        .collect()
}

fn attic(file: &SourceFile) -> Option<(usize, String)> {
    let mut steps = file.path.trim_end_matches(".rs").split('/');
    let name = steps.find(|step| ATTICS.contains(step))?;
    Some((1, format!("`{name}` says nothing of what is inside")))
}

fn undocumented(file: &SourceFile) -> Option<(usize, String)> {
    let introduced = file.path.starts_with("tests/") || file.text.starts_with("//! ");
    (!introduced).then(|| (1, "a file begins with `//!` and the concept it holds".to_owned()))
}

fn stranger(file: &SourceFile) -> Option<(usize, String)> {
    let steps = file.below_src()?;
    let slice = SLICES.iter().find(|slice| Some(&slice.name) == steps.first())?;
    let [_, name, ..] = steps[..] else {
        return Some((1, format!("a slice is a folder: src/{}/mod.rs", slice.name)));
    };
    let known = SLICE_FILES.contains(&name) || slice.own.contains(&name);
    let own = [&SLICE_FILES[..], slice.own].concat().join(", ");
    (!known).then(|| (1, format!("`{name}` is not part of the slice `{}`: {own}", slice.name)))
}
