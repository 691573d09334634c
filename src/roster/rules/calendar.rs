//! Sessions of the school calendar.

use entity::academic_session::Model;

use super::{given, period, required};
use crate::{
    error::{Problem, ProblemCode},
    roster::service::academic_session::AcademicSessionDraft,
};

/// A school year is one that people remember or plan for.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// What is wrong with a session's draft.
pub fn academic_session(
    problems: &mut Vec<Problem>,
    draft: &AcademicSessionDraft,
    row: Option<&Model>,
) {
    let is_new = row.is_none();
    required(problems, "title", draft.title.as_deref(), is_new);
    given(problems, "kind", draft.kind, is_new);
    given(problems, "startDate", draft.start_date, is_new);
    given(problems, "endDate", draft.end_date, is_new);
    given(problems, "schoolYear", draft.school_year, is_new);
    let start = draft.start_date.or(row.map(|row| row.start_date));
    let end = draft.end_date.or(row.map(|row| row.end_date));
    period(problems, "endDate", start, end);
    if draft.school_year.is_some_and(|year| !YEARS.contains(&year)) {
        let message = "the year in which the school year ends is expected, as 2027";
        problems.push(Problem::field(ProblemCode::OutOfRange, "schoolYear", message));
    }
}
