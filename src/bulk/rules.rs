//! What must hold of jobs: pure functions over data.

use crate::error::{Problem, Problems};

/// What is wrong with what a client calls its job; it may do without.
#[must_use]
pub fn reference(text: Option<&str>) -> Vec<Problem> {
    let mut problems = Problems::of_row(true);
    problems.text("clientReference", text);
    problems.found()
}
