//! Writing career surveys.

use entity::{
    career_survey::{ActiveModel, Entity, Model},
    id::DistrictId,
    status::RecordStatus,
};

use crate::{
    error::{Problem, Result},
    interests::rules,
    roster::service::owned::at_home,
    store::{Synced, Write, assign, default_to},
};

/// How a survey should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct SurveyDraft {
    pub district: DistrictId,
    pub title: Option<String>,
    pub description: Option<Option<String>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = SurveyDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&SurveyDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::survey(problems, draft, row.is_none());
        }
        Ok(problems)
    }

    fn assign(draft: &SurveyDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.title, draft.title.as_ref());
        assign(&mut row.description, draft.description.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}
