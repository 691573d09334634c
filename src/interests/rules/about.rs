//! What every signal must say of itself.

use chrono::{Datelike, NaiveDate};
use entity::{career_goal, id::StudentId};

use crate::{
    error::{Problem, ProblemCode},
    interests::service::{goal::GoalDraft, signal::SignalDraft, tag::TagDraft},
};

/// Nobody who learns today told of interests before this year: an earlier one is a slip of the pen.
const FIRST_YEAR: i32 = 1990;
/// Names and short texts are no longer than this.
const LONGEST_NAME: usize = 255;
/// What a student writes is no longer than this.
pub const LONGEST_TEXT: usize = 4000;

/// What is wrong with the part that all signals share; `day` is the name of the day's field, and
/// `stored` whose the stored signal is.
pub fn about(
    problems: &mut Vec<Problem>,
    day: &str,
    draft: &SignalDraft,
    stored: Option<StudentId>,
    today: NaiveDate,
) {
    if draft.student.is_none() && stored.is_none() {
        problems.push(Problem::required("studentId"));
    }
    fixed(
        problems,
        "studentId",
        draft.student.as_ref(),
        stored.as_ref(),
        "a signal stays with its student",
    );
    match draft.on {
        None if stored.is_none() => problems.push(Problem::required(day)),
        Some(on) if on > today => {
            let message = "the day lies in the future; a signal tells of what was";
            problems.push(Problem::field(ProblemCode::OutOfRange, day, message));
        }
        Some(on) if on.year() < FIRST_YEAR => {
            let message = format!("a day since {FIRST_YEAR} is expected");
            problems.push(Problem::field(ProblemCode::OutOfRange, day, message));
        }
        _ => {}
    }
    text(problems, "gradeLevel", draft.grade_level.as_ref().and_then(Option::as_ref), LONGEST_NAME);
    text(problems, "source", draft.source.as_ref().and_then(Option::as_ref), LONGEST_NAME);
}

/// A value that a stored row keeps for good.
pub fn fixed<T: PartialEq>(
    problems: &mut Vec<Problem>,
    path: &str,
    wanted: Option<&T>,
    stored: Option<&T>,
    message: &str,
) {
    if let (Some(wanted), Some(stored)) = (wanted, stored)
        && wanted != stored
    {
        problems.push(Problem::field(ProblemCode::ReadOnly, path, message));
    }
}

/// A rating lies between 1 and 5.
pub fn rating(problems: &mut Vec<Problem>, rating: Option<i32>) {
    if let Some(rating) = rating {
        within(problems, "rating", rating, 1, 5, "a rating");
    }
}

/// What a signal is about is one thing: an occupation or a career cluster.
pub fn tag(problems: &mut Vec<Problem>, draft: &TagDraft, stored: (bool, bool), is_needed: bool) {
    let has_occupation = draft.occupation_code.as_ref().map_or(stored.0, Option::is_some);
    let has_cluster = draft.cluster.as_ref().map_or(stored.1, Option::is_some);
    if has_occupation && has_cluster {
        let message = "either an occupation or a career cluster, not both; clear one with null";
        problems.push(Problem::field(ProblemCode::InvalidFormat, "clusterId", message));
    }
    if is_needed && !has_occupation && !has_cluster {
        let message = "an occupation or a career cluster is needed";
        problems.push(Problem::field(ProblemCode::Required, "occupationCode", message));
    }
}

/// What is wrong with a goal beside what all signals share.
pub fn goal(problems: &mut Vec<Problem>, draft: &GoalDraft, row: Option<&career_goal::Model>) {
    if draft.kind.is_none() && row.is_none() {
        problems.push(Problem::required("kind"));
    }
    needed(problems, "statement", draft.statement.as_deref(), row.is_none(), LONGEST_TEXT);
    let stored =
        row.map_or((false, false), |row| (row.occupation_code.is_some(), row.cluster_id.is_some()));
    tag(problems, &draft.tag, stored, false);
}

/// A text that a new row must have and no row may lose.
pub fn needed(
    problems: &mut Vec<Problem>,
    path: &str,
    given: Option<&str>,
    is_new: bool,
    longest: usize,
) {
    match given {
        None if is_new => problems.push(Problem::required(path)),
        Some(words) if words.trim().is_empty() => problems.push(Problem::required(path)),
        given => text(problems, path, given, longest),
    }
}

/// A text that a row may have.
pub fn text(
    problems: &mut Vec<Problem>,
    path: &str,
    given: Option<impl AsRef<str>>,
    longest: usize,
) {
    let Some(given) = given else { return };
    let given = given.as_ref();
    let length = given.chars().count();
    if length > longest {
        let message = format!("at most {longest} characters are allowed; there are {length}");
        problems.push(Problem::field(ProblemCode::TooLong, path, message));
    }
    if given.contains('\0') {
        let message = "the text holds a NUL character";
        problems.push(Problem::field(ProblemCode::InvalidFormat, path, message));
    }
}

/// A number that lies between two others.
pub fn within(
    problems: &mut Vec<Problem>,
    path: &str,
    given: i32,
    least: i32,
    most: i32,
    what: &str,
) {
    if given < least || given > most {
        let message = format!("{what} lies between {least} and {most}; this is {given}");
        problems.push(Problem::field(ProblemCode::OutOfRange, path, message));
    }
}
