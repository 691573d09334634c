//! Writing schools.

use entity::{
    id::DistrictId,
    school::{ActiveModel, Entity, Model},
    status::RecordStatus,
};

use super::owned::at_home;
use crate::{
    error::{Problem, Result},
    roster::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a school should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct SchoolDraft {
    pub district: DistrictId,
    pub name: Option<String>,
    pub identifier: Option<Option<String>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = SchoolDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&SchoolDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::school(problems, draft, row.is_none());
        }
        Ok(problems)
    }

    fn assign(draft: &SchoolDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.name, draft.name.as_ref());
        assign(&mut row.identifier, draft.identifier.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}
