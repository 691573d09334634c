//! What must hold for an assessment.

use entity::{
    interest_assessment::{InterestInstrument, Model},
    riasec::InterestArea,
};

use super::{
    about::{text, within},
    scoring::{self, HIGHEST_ANSWER, LOWEST_ANSWER},
};
use crate::{
    error::{Problem, ProblemCode},
    interests::service::assessment::AssessmentDraft,
};

/// No instrument that we know of counts further.
const HIGHEST_MAX: i32 = 1000;

/// What is wrong with an assessment beside what all signals share.
pub fn assessment(problems: &mut Vec<Problem>, draft: &AssessmentDraft, row: Option<&Model>) {
    text(problems, "instrumentName", draft.instrument_name.as_ref().and_then(Option::as_ref), 255);
    let Some(instrument) = draft.instrument.or(row.map(|row| row.instrument)) else {
        problems.push(Problem::required("instrument"));
        return;
    };
    let answers = draft.answers.as_ref().and_then(Option::as_deref);
    match (answers, &draft.scores) {
        (Some(_), Some(_)) => {
            let message = "give the answers or the scores: from answers the scores are counted";
            problems.push(Problem::field(ProblemCode::InvalidFormat, "scores", message));
        }
        (Some(answers), None) => check_answers(problems, instrument, answers),
        (None, Some(scores)) => check_scores(problems, instrument, draft, *scores, row),
        (None, None) => unscored(problems, instrument, draft, row),
    }
}

fn check_answers(problems: &mut Vec<Problem>, instrument: InterestInstrument, answers: &[i32]) {
    let Some(items) = scoring::items(instrument) else {
        let message = "answers of this instrument are not scored here: give its scores";
        problems.push(Problem::field(ProblemCode::InvalidFormat, "answers", message));
        return;
    };
    if answers.len() != items {
        let message = format!("{items} answers are expected; there are {}", answers.len());
        problems.push(Problem::field(ProblemCode::OutOfRange, "answers", message));
    }
    for (at, answer) in answers.iter().take(items).enumerate() {
        let path = format!("answers.{at}");
        within(problems, &path, *answer, LOWEST_ANSWER, HIGHEST_ANSWER, "an answer");
    }
}

fn check_scores(
    problems: &mut Vec<Problem>,
    instrument: InterestInstrument,
    draft: &AssessmentDraft,
    scores: [i32; 6],
    row: Option<&Model>,
) {
    let kept = row.filter(|row| row.answers.is_some() && draft.answers.is_none());
    if kept.is_some_and(|row| row.scores() != scores) {
        let message = "the scores are counted from the stored answers: send new answers, or clear \
                       them with null";
        problems.push(Problem::field(ProblemCode::ReadOnly, "scores", message));
    }
    let stored = row.map(|row| row.max_score).filter(|_| draft.instrument.is_none());
    let Some(most) = scoring::max_score(instrument).or(draft.max_score).or(stored) else {
        problems.push(Problem::required("maxScore"));
        return;
    };
    check_max(problems, instrument, draft.max_score);
    for (area, score) in InterestArea::ALL.into_iter().zip(scores) {
        within(problems, &format!("scores.{}", name(area)), score, 0, most, "a score");
    }
}

/// Neither answers nor scores: what is stored must still hold.
fn unscored(
    problems: &mut Vec<Problem>,
    instrument: InterestInstrument,
    draft: &AssessmentDraft,
    row: Option<&Model>,
) {
    let Some(row) = row else {
        let message = "answers or scores are needed";
        problems.push(Problem::field(ProblemCode::Required, "scores", message));
        return;
    };
    if instrument != row.instrument {
        let message = "another instrument counts otherwise: give its answers or scores";
        problems.push(Problem::field(ProblemCode::Required, "scores", message));
    }
    check_max(problems, instrument, draft.max_score);
    if draft.max_score.is_some_and(|max| row.scores().iter().any(|score| *score > max)) {
        let message = "a stored score is higher: give the scores too";
        problems.push(Problem::field(ProblemCode::OutOfRange, "maxScore", message));
    }
}

fn check_max(problems: &mut Vec<Problem>, instrument: InterestInstrument, given: Option<i32>) {
    let Some(given) = given else { return };
    match scoring::max_score(instrument) {
        Some(fixed) if fixed != given => {
            let message = format!("the highest score of this instrument is {fixed}");
            problems.push(Problem::field(ProblemCode::OutOfRange, "maxScore", message));
        }
        Some(_) => {}
        None => within(problems, "maxScore", given, 1, HIGHEST_MAX, "a highest score"),
    }
}

const fn name(area: InterestArea) -> &'static str {
    match area {
        InterestArea::Realistic => "realistic",
        InterestArea::Investigative => "investigative",
        InterestArea::Artistic => "artistic",
        InterestArea::Social => "social",
        InterestArea::Enterprising => "enterprising",
        InterestArea::Conventional => "conventional",
    }
}
