//! Writing the questions of career surveys.
//!
//! A question stays with its survey and with what it is about: the answers that were given mean
//! what they meant.

use entity::{
    career_survey,
    career_survey_question::{ActiveModel, Entity, Model},
    id::{CareerSurveyId, DistrictId},
    status::RecordStatus,
};

use super::tag::{self, TagDraft};
use crate::{
    error::{Problem, Result},
    interests::rules,
    roster::service::owned::{Known, at_home, keys},
    store::{Synced, Write, assign, default_to},
};

/// How a question should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct QuestionDraft {
    pub district: DistrictId,
    pub survey: Option<CareerSurveyId>,
    pub position: Option<i32>,
    pub prompt: Option<String>,
    pub tag: TagDraft,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = QuestionDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&QuestionDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let surveys = keys(drafts.iter().filter_map(|(draft, _)| draft.survey));
        let surveys = Known::<career_survey::Entity>::among(write, surveys).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::question(problems, draft, *row);
            surveys.check(problems, "surveyId", draft.district, draft.survey);
        }
        tag::check(write, drafts.iter().map(|(draft, _)| &draft.tag), &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &QuestionDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.survey_id, draft.survey.as_ref());
        assign(&mut row.position, draft.position.as_ref());
        assign(&mut row.prompt, draft.prompt.as_ref());
        assign(&mut row.occupation_code, draft.tag.occupation_code.as_ref());
        assign(&mut row.cluster_id, draft.tag.cluster.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.position, 1);
        default_to(&mut row.status, RecordStatus::Active);
    }
}
