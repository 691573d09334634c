//! Writing students' answers to career surveys.

use entity::{
    career_survey_question,
    career_survey_response::{ActiveModel, Entity, Model},
    id::CareerSurveyQuestionId,
};

use super::{
    signal::{self, SignalDraft, assign_signal},
    standing,
};
use crate::{
    error::{Problem, Result},
    interests::rules,
    roster::service::owned::{Known, keys},
    store::{Synced, Write, assign},
};

/// How an answer should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct ResponseDraft {
    pub about: SignalDraft,
    pub question: Option<CareerSurveyQuestionId>,
    pub rating: Option<i32>,
}

impl Synced for Entity {
    type Draft = ResponseDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&ResponseDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let shared: Vec<_> = drafts.iter().map(|(draft, row)| (&draft.about, *row)).collect();
        let mut problems = signal::check::<Self>(write, &shared).await?;
        let questions = keys(drafts.iter().filter_map(|(draft, _)| draft.question));
        let questions = Known::<career_survey_question::Entity>::among(write, questions).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::response(problems, draft, *row);
            questions.check(problems, "questionId", draft.about.district, draft.question);
        }
        Ok(problems)
    }

    fn assign(draft: &ResponseDraft, row: &mut ActiveModel) {
        assign_signal!(row, &draft.about, answered_on);
        assign(&mut row.question_id, draft.question.as_ref());
        assign(&mut row.rating, draft.rating.as_ref());
    }

    async fn attach(
        write: &Write<'_>,
        rows: &[(&ResponseDraft, &Model)],
    ) -> Result<Vec<Vec<&'static str>>> {
        let written = rows.iter().map(|(_, row)| (row.student_id, row.updated_at));
        standing::follow(write, written).await?;
        Ok(vec![Vec::new(); rows.len()])
    }
}
