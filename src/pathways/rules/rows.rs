//! What must hold for each row.

use entity::{
    pathway, pathway_course, pathway_credential, pathway_definition, pathway_enrollment,
    status::RecordStatus,
};

use super::form::{days, fixed, given, needed, text, within};
use crate::{
    error::{Problem, ProblemCode},
    pathways::service::{
        course::PathwayCourseDraft, credential::CredentialDraft, definition::DefinitionDraft,
        enrollment::PathwayEnrollmentDraft, pathway::PathwayDraft,
    },
    reference::rules::codes::is_cip_program,
};

const LONGEST_NAME: usize = 255;
const LONGEST_TEXT: usize = 4000;
/// No pathway has more courses.
const LAST_POSITION: i32 = 1000;
/// Nothing asks for more than a hundred courses or credits.
const MOST: i32 = 100;
/// A year has fewer minutes than this, so that hours written for minutes pass and seconds do not.
const MOST_MINUTES: i32 = 600_000;

/// What is wrong with a pathway.
pub fn pathway(problems: &mut Vec<Problem>, draft: &PathwayDraft, row: Option<&pathway::Model>) {
    let is_new = row.is_none();
    needed(problems, "name", draft.name.as_deref(), is_new, LONGEST_NAME);
    text(problems, "code", draft.code.as_ref().and_then(Option::as_ref), LONGEST_NAME);
    given(problems, "clusterId", draft.cluster.as_ref(), is_new);
    let description = draft.description.as_ref().and_then(Option::as_ref);
    text(problems, "description", description, LONGEST_TEXT);
    let minutes = draft.wbl_minutes.flatten();
    within(problems, "wblMinutes", minutes, (0, MOST_MINUTES), "minutes");
    if draft.cip().is_some_and(|code| !is_cip_program(code)) {
        let message = "the code of one programme of the CIP is expected, as 51.3801";
        problems.push(Problem::field(ProblemCode::InvalidFormat, "cipCode", message));
    }
}

/// What is wrong with a course of a pathway.
pub fn course(
    problems: &mut Vec<Problem>,
    draft: &PathwayCourseDraft,
    row: Option<&pathway_course::Model>,
) {
    let is_new = row.is_none();
    given(problems, "pathwayId", draft.pathway.as_ref(), is_new);
    given(problems, "courseId", draft.course.as_ref(), is_new);
    let message = "a row stays with its pathway and course; write a new one and retire this one";
    let (pathway, course) = (row.map(|row| &row.pathway_id), row.map(|row| &row.course_id));
    fixed(problems, "pathwayId", draft.pathway.as_ref(), pathway, message);
    fixed(problems, "courseId", draft.course.as_ref(), course, message);
    given(problems, "position", draft.position.as_ref(), is_new);
    within(problems, "position", draft.position, (1, LAST_POSITION), "positions");
    credits(problems, "credits", draft.credits_hundredths.flatten());
}

fn credits(problems: &mut Vec<Problem>, path: &str, hundredths: Option<i32>) {
    if hundredths.is_some_and(|credits| !(0..=MOST * 100).contains(&credits)) {
        let message = format!("credits lie between 0 and {MOST}");
        problems.push(Problem::field(ProblemCode::OutOfRange, path, message));
    }
}

/// What is wrong with a credential.
pub fn credential(
    problems: &mut Vec<Problem>,
    draft: &CredentialDraft,
    row: Option<&pathway_credential::Model>,
) {
    let is_new = row.is_none();
    given(problems, "pathwayId", draft.pathway.as_ref(), is_new);
    let stored = row.map(|row| &row.pathway_id);
    let message = "a credential stays with its pathway";
    fixed(problems, "pathwayId", draft.pathway.as_ref(), stored, message);
    needed(problems, "name", draft.name.as_deref(), is_new, LONGEST_NAME);
    text(problems, "issuer", draft.issuer.as_ref().and_then(Option::as_ref), LONGEST_NAME);
}

/// What is wrong with a student's enrollment on a pathway.
pub fn enrollment(
    problems: &mut Vec<Problem>,
    draft: &PathwayEnrollmentDraft,
    row: Option<&pathway_enrollment::Model>,
) {
    let is_new = row.is_none();
    given(problems, "studentId", draft.student.as_ref(), is_new);
    given(problems, "pathwayId", draft.pathway.as_ref(), is_new);
    let message = "a row stays with its student and pathway; write a new one";
    let (student, pathway) = (row.map(|row| &row.student_id), row.map(|row| &row.pathway_id));
    fixed(problems, "studentId", draft.student.as_ref(), student, message);
    fixed(problems, "pathwayId", draft.pathway.as_ref(), pathway, message);
    given(problems, "startedOn", draft.started_on.as_ref(), is_new);
    let first = draft.started_on.or(row.map(|row| row.started_on));
    let last = draft.ended_on.unwrap_or(row.and_then(|row| row.ended_on));
    days(problems, ("startedOn", first), ("endedOn", last));
    let reason = draft.exit_reason.unwrap_or(row.and_then(|row| row.exit_reason));
    if reason.is_some() && last.is_none() {
        let message = "a reason for the exit needs its day";
        problems.push(Problem::field(ProblemCode::Required, "endedOn", message));
    }
}

/// What is wrong with a definition.
pub fn definition(
    problems: &mut Vec<Problem>,
    draft: &DefinitionDraft,
    row: Option<&pathway_definition::Model>,
) {
    let is_new = row.is_none();
    needed(problems, "jurisdiction", draft.jurisdiction.as_deref(), is_new, LONGEST_NAME);
    needed(problems, "citation", draft.citation.as_deref(), is_new, LONGEST_TEXT);
    given(problems, "effectiveFrom", draft.effective_from.as_ref(), is_new);
    let first = draft.effective_from.or(row.map(|row| row.effective_from));
    let last = draft.effective_to.unwrap_or(row.and_then(|row| row.effective_to));
    days(problems, ("effectiveFrom", first), ("effectiveTo", last));
    given(problems, "participantCourses", draft.participant_courses.as_ref(), is_new);
    let participant = draft.participant_courses;
    within(problems, "participantCourses", participant, (1, MOST), "courses");
    let stored = row.and_then(|row| row.concentrator_courses);
    let courses = draft.concentrator_courses.unwrap_or(stored);
    within(problems, "concentratorCourses", courses, (1, MOST), "courses");
    let stored = row.and_then(|row| row.concentrator_credits_hundredths);
    let earned = draft.concentrator_credits_hundredths.unwrap_or(stored);
    credits(problems, "concentratorCredits", earned);
    if courses.is_none() && earned.is_none() {
        let message = "a number of courses or of credits that makes a concentrator is needed";
        problems.push(Problem::field(ProblemCode::Required, "concentratorCourses", message));
    }
    within(problems, "completerCourses", draft.completer_courses.flatten(), (1, MOST), "courses");
}

/// Whether a row counts once the draft is written.
#[must_use]
pub fn counts(draft: Option<RecordStatus>, stored: Option<RecordStatus>) -> bool {
    draft.or(stored).unwrap_or(RecordStatus::Active) == RecordStatus::Active
}
