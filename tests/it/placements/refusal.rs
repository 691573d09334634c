//! What a refusal says.

use pathbridge::error::{Blocker, Detail, Error, Problem, ProblemCode};

/// The problems of a refusal.
pub fn problems<T: std::fmt::Debug>(result: Result<T, Error>) -> Vec<Problem> {
    match result {
        Err(Error::Invalid(problems)) => problems,
        other => panic!("a refusal was expected: {other:?}"),
    }
}

/// Where the problems lie, and their codes.
pub fn told(problems: &[Problem]) -> Vec<(String, ProblemCode)> {
    problems.iter().map(|problem| (problem.path.join("."), problem.code)).collect()
}

/// What stands in the way of a step.
pub fn blockers(problems: &[Problem]) -> Vec<&Blocker> {
    problems
        .iter()
        .filter_map(|problem| match &problem.detail {
            Detail::State { blockers, .. } => Some(blockers),
            _ => None,
        })
        .flatten()
        .collect()
}

pub fn codes(problems: &[Problem]) -> Vec<&str> {
    blockers(problems).into_iter().map(|blocker| &*blocker.code).collect()
}
