//! What a single field must be.

use chrono::{Datelike, NaiveDate};

use crate::error::{Problem, ProblemCode};

/// No district's record of pathways begins before this year: an earlier one is a slip of the pen.
const FIRST_YEAR: i32 = 1990;

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

/// A value that a new row must have.
pub fn given<T>(problems: &mut Vec<Problem>, path: &str, value: Option<&T>, is_new: bool) {
    if is_new && value.is_none() {
        problems.push(Problem::required(path));
    }
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

/// A number that lies between two others.
pub fn within(
    problems: &mut Vec<Problem>,
    path: &str,
    given: Option<i32>,
    (least, most): (i32, i32),
    what: &str,
) {
    if given.is_some_and(|given| !(least..=most).contains(&given)) {
        let message = format!("{what} lie between {least} and {most}");
        problems.push(Problem::field(ProblemCode::OutOfRange, path, message));
    }
}

/// A first and a last day, both believable and in their order.
pub fn days(
    problems: &mut Vec<Problem>,
    (from, first): (&str, Option<NaiveDate>),
    (to, last): (&str, Option<NaiveDate>),
) {
    if first.is_some_and(|day| day.year() < FIRST_YEAR) {
        let message = format!("a day since {FIRST_YEAR} is expected");
        problems.push(Problem::field(ProblemCode::OutOfRange, from, message));
    }
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        let message = "the last day lies before the first";
        problems.push(Problem::field(ProblemCode::OutOfRange, to, message));
    }
}
