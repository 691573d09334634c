//! Collecting everything that is wrong with one input, field by field.

use std::{fmt::Display, ops::RangeInclusive};

use super::{Problem, ProblemCode};

/// Names and short texts are no longer than this.
const LONGEST_NAME: usize = 255;

/// What is wrong with an input so far.
#[derive(Debug)]
pub struct Problems {
    found: Vec<Problem>,
    is_new: bool,
}

impl Problems {
    /// Nothing yet; a new row must have what a stored one may leave out.
    #[must_use]
    pub fn of_row(is_new: bool) -> Self {
        Self { found: Vec::new(), is_new }
    }

    /// A value that every row has.
    pub fn present<T>(&mut self, path: &str, value: Option<&T>) {
        if self.is_new && value.is_none() {
            self.found.push(Problem::required(path));
        }
    }

    /// A short text that every row has.
    pub fn name(&mut self, path: &str, text: Option<&str>) {
        match text {
            None => self.present(path, text.as_ref()),
            Some(text) if text.trim().is_empty() => self.found.push(Problem::required(path)),
            Some(_) => self.text(path, text),
        }
    }

    /// A short text that a row may have.
    pub fn text(&mut self, path: &str, text: Option<&str>) {
        self.long_text(path, text, LONGEST_NAME);
    }

    /// A text of at most so many characters.
    pub fn long_text(&mut self, path: &str, text: Option<&str>, longest: usize) {
        let Some(text) = text else { return };
        let length = text.chars().count();
        if length > longest {
            let message = format!("at most {longest} characters are allowed; there are {length}");
            self.refuse(ProblemCode::TooLong, path, message);
        }
        if text.contains('\0') {
            self.refuse(ProblemCode::InvalidFormat, path, "the text holds a NUL character");
        }
    }

    /// A text of a known form.
    pub fn form(&mut self, path: &str, text: Option<&str>, fits: fn(&str) -> bool, expected: &str) {
        if text.is_some_and(|text| !fits(text)) {
            self.refuse(ProblemCode::InvalidFormat, path, format!("{expected} is expected"));
        }
    }

    /// A number within limits.
    pub fn range<N>(&mut self, path: &str, number: Option<N>, within: RangeInclusive<N>)
    where
        N: PartialOrd + Display,
    {
        if number.is_some_and(|number| !within.contains(&number)) {
            let message = format!("from {} to {} is allowed", within.start(), within.end());
            self.refuse(ProblemCode::OutOfRange, path, message);
        }
    }

    /// A refusal in words of its own.
    pub fn refuse(&mut self, code: ProblemCode, path: &str, message: impl Into<String>) {
        self.found.push(Problem::field(code, path, message));
    }

    /// Everything that was found.
    #[must_use]
    pub fn found(self) -> Vec<Problem> {
        self.found
    }
}
