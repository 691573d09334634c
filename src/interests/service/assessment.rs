//! Writing interest assessments.

use entity::interest_assessment::{ActiveModel, Entity, InterestInstrument, Model};
use sea_orm::ActiveValue;

use super::{
    signal::{self, SignalDraft, assign_signal},
    standing,
};
use crate::{
    error::{Problem, Result},
    interests::rules::{self, scoring},
    store::{Synced, Write, assign},
};

/// How an assessment should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct AssessmentDraft {
    pub about: SignalDraft,
    pub instrument: Option<InterestInstrument>,
    pub instrument_name: Option<Option<String>>,
    /// The raw answers, from 1 to 5, of which the scores are counted.
    pub answers: Option<Option<Vec<i32>>>,
    /// The six scores, where there are no answers.
    pub scores: Option<[i32; 6]>,
    pub max_score: Option<i32>,
}

impl Synced for Entity {
    type Draft = AssessmentDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&AssessmentDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let shared: Vec<_> = drafts.iter().map(|(draft, row)| (&draft.about, *row)).collect();
        let mut problems = signal::check::<Self>(write, &shared).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::assessment(problems, draft, *row);
        }
        Ok(problems)
    }

    fn assign(draft: &AssessmentDraft, row: &mut ActiveModel) {
        assign_signal!(row, &draft.about, taken_on);
        assign(&mut row.instrument, draft.instrument.as_ref());
        assign(&mut row.instrument_name, draft.instrument_name.as_ref());
        let answers = draft.answers.as_ref();
        let written = answers.map(|answers| answers.as_deref().map(scoring::written));
        assign(&mut row.answers, written.as_ref());
        let (ActiveValue::Set(instrument) | ActiveValue::Unchanged(instrument)) = row.instrument
        else {
            return;
        };
        let counted = answers.and_then(|answers| scoring::score(instrument, answers.as_deref()?));
        assign_scores(row, counted.or(draft.scores));
        // A whole instrument fixes it; of another one it is as given.
        let max_score = scoring::max_score(instrument).or(draft.max_score);
        assign(&mut row.max_score, max_score.as_ref());
    }

    async fn attach(
        write: &Write<'_>,
        rows: &[(&AssessmentDraft, &Model)],
    ) -> Result<Vec<Vec<&'static str>>> {
        let written = rows.iter().map(|(_, row)| (row.student_id, row.updated_at));
        standing::follow(write, written).await?;
        Ok(vec![Vec::new(); rows.len()])
    }
}

fn assign_scores(row: &mut ActiveModel, scores: Option<[i32; 6]>) {
    let Some([realistic, investigative, artistic, social, enterprising, conventional]) = scores
    else {
        return;
    };
    assign(&mut row.realistic, Some(&realistic));
    assign(&mut row.investigative, Some(&investigative));
    assign(&mut row.artistic, Some(&artistic));
    assign(&mut row.social, Some(&social));
    assign(&mut row.enterprising, Some(&enterprising));
    assign(&mut row.conventional, Some(&conventional));
}
