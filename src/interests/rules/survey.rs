//! What must hold for surveys, their questions and answers, and for exposures.

use entity::{career_exposure, career_survey_question, career_survey_response};

use super::about::{LONGEST_TEXT, fixed, needed, rating, tag, text, within};
use crate::{
    error::Problem,
    interests::service::{
        exposure::ExposureDraft, question::QuestionDraft, response::ResponseDraft,
        survey::SurveyDraft,
    },
};

const LONGEST_TITLE: usize = 255;
/// No survey has more questions.
const LAST_POSITION: i32 = 1000;

/// What is wrong with a survey.
pub fn survey(problems: &mut Vec<Problem>, draft: &SurveyDraft, is_new: bool) {
    needed(problems, "title", draft.title.as_deref(), is_new, LONGEST_TITLE);
    let description = draft.description.as_ref().and_then(Option::as_ref);
    text(problems, "description", description, LONGEST_TEXT);
}

/// What is wrong with a question.
pub fn question(
    problems: &mut Vec<Problem>,
    draft: &QuestionDraft,
    row: Option<&career_survey_question::Model>,
) {
    if draft.survey.is_none() && row.is_none() {
        problems.push(Problem::required("surveyId"));
    }
    needed(problems, "prompt", draft.prompt.as_deref(), row.is_none(), LONGEST_TEXT);
    if let Some(position) = draft.position {
        within(problems, "position", position, 1, LAST_POSITION, "a position");
    }
    let Some(row) = row else { return tag(problems, &draft.tag, (false, false), true) };
    let survey = "a question stays with its survey";
    fixed(problems, "surveyId", draft.survey.as_ref(), Some(&row.survey_id), survey);
    let about = "what a question is about stays, for its answers mean it; make a new question";
    let code = draft.tag.occupation_code.as_ref();
    fixed(problems, "occupationCode", code, Some(&row.occupation_code), about);
    fixed(problems, "clusterId", draft.tag.cluster.as_ref(), Some(&row.cluster_id), about);
}

/// What is wrong with an answer beside what all signals share.
pub fn response(
    problems: &mut Vec<Problem>,
    draft: &ResponseDraft,
    row: Option<&career_survey_response::Model>,
) {
    if draft.question.is_none() && row.is_none() {
        problems.push(Problem::required("questionId"));
    }
    if draft.rating.is_none() && row.is_none() {
        problems.push(Problem::required("rating"));
    }
    let stored = row.map(|row| &row.question_id);
    let message = "an answer stays with its question";
    fixed(problems, "questionId", draft.question.as_ref(), stored, message);
    rating(problems, draft.rating);
}

/// What is wrong with an exposure beside what all signals share.
pub fn exposure(
    problems: &mut Vec<Problem>,
    draft: &ExposureDraft,
    row: Option<&career_exposure::Model>,
) {
    if draft.kind.is_none() && row.is_none() {
        problems.push(Problem::required("kind"));
    }
    needed(problems, "title", draft.title.as_deref(), row.is_none(), LONGEST_TITLE);
    let stored =
        row.map_or((false, false), |row| (row.occupation_code.is_some(), row.cluster_id.is_some()));
    tag(problems, &draft.tag, stored, false);
    rating(problems, draft.rating.flatten());
    let reflection = draft.reflection.as_ref().and_then(Option::as_ref);
    text(problems, "reflection", reflection, LONGEST_TEXT);
}
