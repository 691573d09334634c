//! What must hold for a row of the roster: pure functions over drafts.

use chrono::NaiveDate;

use super::service::student::StudentDraft;
use crate::error::{Problem, ProblemCode};

/// Names and texts are no longer than this.
const LONGEST_TEXT: usize = 255;

/// What is wrong with a student's draft.
#[must_use]
pub fn student(draft: &StudentDraft, is_new: bool, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    required(&mut problems, "givenName", draft.given_name.as_deref(), is_new);
    required(&mut problems, "familyName", draft.family_name.as_deref(), is_new);
    optional(&mut problems, "middleName", draft.middle_name.as_ref());
    optional(&mut problems, "preferredGivenName", draft.preferred_given_name.as_ref());
    optional(&mut problems, "gradeLevel", draft.grade_level.as_ref());
    optional(&mut problems, "email", draft.email.as_ref());
    optional(&mut problems, "phone", draft.phone.as_ref());
    optional(&mut problems, "studentNumber", draft.student_number.as_ref());
    if draft.birth_date.flatten().is_some_and(|day| day > today) {
        let message = "a date of birth lies in the past";
        problems.push(Problem::field(ProblemCode::OutOfRange, "birthDate", message));
    }
    problems
}

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
#[expect(clippy::ref_option, reason = "absent keeps, null clears")]
pub fn optional(problems: &mut Vec<Problem>, path: &str, text: Option<&Option<String>>) {
    if let Some(Some(text)) = text {
        check_text(problems, path, text);
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
