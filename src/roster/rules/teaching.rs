//! Courses, classes and enrollments.

use entity::enrollment::Model;

use super::{each_once, given, optional, period, required};
use crate::{
    error::{Problem, ProblemCode},
    roster::service::{class::ClassDraft, course::CourseDraft, enrollment::EnrollmentDraft},
};

/// No class earns more than a hundred credits.
const MOST_CREDITS: i32 = 100 * 100;

/// What is wrong with a course's draft.
pub fn course(problems: &mut Vec<Problem>, draft: &CourseDraft, is_new: bool) {
    required(problems, "title", draft.title.as_deref(), is_new);
    optional(problems, "courseCode", draft.course_code.as_ref());
    optional(problems, "subject", draft.subject.as_ref());
    optional(problems, "gradeLevels", draft.grade_levels.as_ref());
}

/// What is wrong with a class's draft.
pub fn class(problems: &mut Vec<Problem>, draft: &ClassDraft, is_new: bool) {
    given(problems, "schoolId", draft.school, is_new);
    given(problems, "courseId", draft.course, is_new);
    required(problems, "title", draft.title.as_deref(), is_new);
    optional(problems, "classCode", draft.class_code.as_ref());
    optional(problems, "location", draft.location.as_ref());
    optional(problems, "period", draft.period.as_ref());
    each_once(problems, "sessionIds", draft.sessions.iter().flatten());
    each_once(problems, "teacherIds", draft.teachers.iter().flatten());
}

/// What is wrong with an enrollment's draft.
pub fn enrollment(problems: &mut Vec<Problem>, draft: &EnrollmentDraft, row: Option<&Model>) {
    let is_new = row.is_none();
    given(problems, "classId", draft.class, is_new);
    given(problems, "studentId", draft.student, is_new);
    optional(problems, "resultGrade", draft.result_grade.as_ref());
    let begin = draft.begin_date.unwrap_or(row.and_then(|row| row.begin_date));
    let end = draft.end_date.unwrap_or(row.and_then(|row| row.end_date));
    period(problems, "endDate", begin, end);
    let credits = draft.credits_hundredths.flatten();
    if credits.is_some_and(|credits| !(0..=MOST_CREDITS).contains(&credits)) {
        let message = "credits lie between 0 and 100";
        problems.push(Problem::field(ProblemCode::OutOfRange, "credits", message));
    }
    let completed = draft.completed_on.unwrap_or(row.and_then(|row| row.completed_on));
    if let (Some(begin), Some(completed)) = (begin, completed)
        && completed < begin
    {
        let message = "a class is completed on its first day at the earliest";
        problems.push(Problem::field(ProblemCode::OutOfRange, "completedOn", message));
    }
}
