//! What must hold for a row of the roster: pure functions over drafts, which add what is wrong to
//! the problems that were found before.

mod calendar;
mod people;
mod places;
mod teaching;

use chrono::NaiveDate;

pub use calendar::academic_session;
pub use people::{guardian, guardianship, staff, student};
pub use places::{district, school};
pub use teaching::{class, course, enrollment};

use crate::error::{Problem, ProblemCode};

/// Names and texts are no longer than this.
const LONGEST_TEXT: usize = 255;

/// A text that a new row must have and no row may lose.
pub fn required(problems: &mut Vec<Problem>, path: &str, text: Option<&str>, is_new: bool) {
    match text {
        None if is_new => problems.push(Problem::required(path)),
        Some(text) if text.trim().is_empty() => problems.push(Problem::required(path)),
        Some(text) => check_text(problems, path, text),
        None => {}
    }
}

/// A text that a row may have.
pub fn optional(problems: &mut Vec<Problem>, path: &str, text: Option<&Option<String>>) {
    if let Some(Some(text)) = text {
        check_text(problems, path, text);
    }
}

/// A value that a new row must have.
fn given<T: Copy>(problems: &mut Vec<Problem>, path: &str, value: Option<T>, is_new: bool) {
    if is_new && value.is_none() {
        problems.push(Problem::required(path));
    }
}

/// An end is the day after the last day, so it lies after the start.
fn period(
    problems: &mut Vec<Problem>,
    path: &str,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
) {
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        let message = "the end is the day after the last day and lies after the start";
        problems.push(Problem::field(ProblemCode::OutOfRange, path, message));
    }
}

/// A list names each thing once.
fn each_once<T: Eq + std::hash::Hash>(
    problems: &mut Vec<Problem>,
    path: &str,
    list: impl Iterator<Item = T>,
) {
    let mut seen = std::collections::HashSet::new();
    for (at, item) in list.enumerate() {
        if !seen.insert(item) {
            let message = "the list names this one before";
            let path = format!("{path}.{at}");
            problems.push(Problem::field(ProblemCode::DuplicateInInput, &path, message));
        }
    }
}

fn check_text(problems: &mut Vec<Problem>, path: &str, text: &str) {
    let length = text.chars().count();
    if length > LONGEST_TEXT {
        let message = format!("at most {LONGEST_TEXT} characters are allowed; there are {length}");
        problems.push(Problem::field(ProblemCode::TooLong, path, message));
    }
    if text.contains('\0') {
        let message = "the text holds a NUL character";
        problems.push(Problem::field(ProblemCode::InvalidFormat, path, message));
    }
}
