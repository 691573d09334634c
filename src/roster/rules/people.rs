//! Students, guardians and staff.

use chrono::{Datelike, NaiveDate};
use entity::guardianship::Model as Tie;

use super::{each_once, given, optional, required};
use crate::{
    error::{Problem, ProblemCode},
    roster::service::{
        guardian::GuardianDraft, guardianship::TieDraft, staff::StaffDraft, student::StudentDraft,
    },
};

/// Nobody who learns today was born before this year: an earlier one is a slip of the pen.
const FIRST_YEAR: i32 = 1900;

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
    let lived = |day: NaiveDate| day.year() >= FIRST_YEAR && day <= today;
    if draft.birth_date.flatten().is_some_and(|day| !lived(day)) {
        let message = "a date of birth lies between 1900 and today";
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

/// What is wrong with the draft of a tie between a student and a guardian.
pub fn guardianship(problems: &mut Vec<Problem>, draft: &TieDraft, row: Option<&Tie>) {
    given(problems, "studentId", draft.student, row.is_none());
    given(problems, "guardianId", draft.guardian, row.is_none());
    given(problems, "relationship", draft.relationship, row.is_none());
    let Some(row) = row else { return };
    let message = "a tie stays between its two people";
    if draft.student.is_some_and(|student| student != row.student_id) {
        problems.push(Problem::field(ProblemCode::ReadOnly, "studentId", message));
    }
    if draft.guardian.is_some_and(|guardian| guardian != row.guardian_id) {
        problems.push(Problem::field(ProblemCode::ReadOnly, "guardianId", message));
    }
}

/// What is wrong with the draft of a member of staff.
pub fn staff(problems: &mut Vec<Problem>, draft: &StaffDraft, is_new: bool) {
    required(problems, "givenName", draft.given_name.as_deref(), is_new);
    required(problems, "familyName", draft.family_name.as_deref(), is_new);
    optional(problems, "email", draft.email.as_ref());
    given(problems, "kind", draft.kind, is_new);
}
