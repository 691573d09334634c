//! Students, guardians and staff.

use chrono::NaiveDate;

use super::{each_once, given, optional, required};
use crate::{
    error::{Problem, ProblemCode},
    roster::service::{guardian::GuardianDraft, staff::StaffDraft, student::StudentDraft},
};

/// What is wrong with a student's draft.
pub fn student(problems: &mut Vec<Problem>, draft: &StudentDraft, is_new: bool, today: NaiveDate) {
    required(problems, "givenName", draft.given_name.as_deref(), is_new);
    required(problems, "familyName", draft.family_name.as_deref(), is_new);
    optional(problems, "middleName", draft.middle_name.as_ref());
    optional(problems, "preferredGivenName", draft.preferred_given_name.as_ref());
    optional(problems, "gradeLevel", draft.grade_level.as_ref());
    optional(problems, "email", draft.email.as_ref());
    optional(problems, "phone", draft.phone.as_ref());
    optional(problems, "studentNumber", draft.student_number.as_ref());
    if draft.birth_date.flatten().is_some_and(|day| day > today) {
        let message = "a date of birth lies in the past";
        problems.push(Problem::field(ProblemCode::OutOfRange, "birthDate", message));
    }
}

/// What is wrong with a guardian's draft.
pub fn guardian(problems: &mut Vec<Problem>, draft: &GuardianDraft, is_new: bool) {
    required(problems, "givenName", draft.given_name.as_deref(), is_new);
    required(problems, "familyName", draft.family_name.as_deref(), is_new);
    optional(problems, "email", draft.email.as_ref());
    optional(problems, "phone", draft.phone.as_ref());
    let students = draft.students.iter().flatten().map(|(student, _)| student);
    each_once(problems, "students", students);
}

/// What is wrong with the draft of a member of staff.
pub fn staff(problems: &mut Vec<Problem>, draft: &StaffDraft, is_new: bool) {
    required(problems, "givenName", draft.given_name.as_deref(), is_new);
    required(problems, "familyName", draft.family_name.as_deref(), is_new);
    optional(problems, "email", draft.email.as_ref());
    given(problems, "kind", draft.kind, is_new);
}
