//! Writing students' meetings with fields of work.

use entity::career_exposure::{ActiveModel, CareerExposureKind, Entity, Model};

use super::{
    signal::{self, SignalDraft, assign_signal},
    standing,
    tag::{self, TagDraft},
};
use crate::{
    error::{Problem, Result},
    interests::rules,
    store::{Synced, Write, assign},
};

/// How a meeting should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct ExposureDraft {
    pub about: SignalDraft,
    pub kind: Option<CareerExposureKind>,
    pub title: Option<String>,
    pub tag: TagDraft,
    pub rating: Option<Option<i32>>,
    pub reflection: Option<Option<String>>,
}

impl Synced for Entity {
    type Draft = ExposureDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&ExposureDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let shared: Vec<_> = drafts.iter().map(|(draft, row)| (&draft.about, *row)).collect();
        let mut problems = signal::check::<Self>(write, &shared).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::exposure(problems, draft, *row);
        }
        tag::check(write, drafts.iter().map(|(draft, _)| &draft.tag), &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &ExposureDraft, row: &mut ActiveModel) {
        assign_signal!(row, &draft.about, occurred_on);
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.title, draft.title.as_ref());
        assign(&mut row.occupation_code, draft.tag.occupation_code.as_ref());
        assign(&mut row.cluster_id, draft.tag.cluster.as_ref());
        assign(&mut row.rating, draft.rating.as_ref());
        assign(&mut row.reflection, draft.reflection.as_ref());
    }

    async fn attach(
        write: &Write<'_>,
        rows: &[(&ExposureDraft, &Model)],
    ) -> Result<Vec<Vec<&'static str>>> {
        let written = rows.iter().map(|(_, row)| (row.student_id, row.updated_at));
        standing::follow(write, written).await?;
        Ok(vec![Vec::new(); rows.len()])
    }
}
