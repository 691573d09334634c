//! Writing the calendar: school years and what they divide into.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use entity::{
    academic_session::{AcademicSessionKind, ActiveModel, Entity, Model},
    id::{AcademicSessionId, DistrictId},
    status::RecordStatus,
};

use super::owned::{Known, at_home, keys, rows_of};
use crate::{
    error::{Problem, ProblemCode, Result},
    roster::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a session should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct AcademicSessionDraft {
    pub district: DistrictId,
    pub title: Option<String>,
    pub kind: Option<AcademicSessionKind>,
    pub start_date: Option<NaiveDate>,
    pub end_date: Option<NaiveDate>,
    pub school_year: Option<i32>,
    pub parent: Option<Option<AcademicSessionId>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = AcademicSessionDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&AcademicSessionDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let parents = keys(drafts.iter().filter_map(|(draft, _)| draft.parent.flatten()));
        let known = Known::<Self>::among(write, parents).await?;
        let tree = Tree::around(write, drafts).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::academic_session(problems, draft, *row);
            let parent = draft.parent.flatten();
            known.check(problems, "parentId", draft.district, parent);
            if row.is_some_and(|row| parent.is_some() && tree.is_circle(row.id)) {
                let message = "a session cannot lie inside itself";
                problems.push(Problem::field(ProblemCode::OutOfRange, "parentId", message));
            }
        }
        Ok(problems)
    }

    fn assign(draft: &AcademicSessionDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.title, draft.title.as_ref());
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.start_date, draft.start_date.as_ref());
        assign(&mut row.end_date, draft.end_date.as_ref());
        assign(&mut row.school_year, draft.school_year.as_ref());
        assign(&mut row.parent_id, draft.parent.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// What contains what, as it would be after the batch.
struct Tree(HashMap<AcademicSessionId, Option<AcademicSessionId>>);

impl Tree {
    /// Every session above those of the batch, a statement for each storey.
    async fn around(
        write: &Write<'_>,
        drafts: &[(&AcademicSessionDraft, Option<&Model>)],
    ) -> Result<Self> {
        let mut parents = HashMap::new();
        let mut wanted = keys(drafts.iter().filter_map(|(draft, _)| draft.parent.flatten()));
        while !wanted.is_empty() {
            let rows = rows_of::<Entity>(write, &wanted).await?;
            parents.extend(rows.iter().map(|row| (row.id, row.parent_id)));
            let above = rows.iter().filter_map(|row| row.parent_id);
            wanted = keys(above.filter(|id| !parents.contains_key(id)));
        }
        let moved =
            drafts.iter().filter_map(|(draft, row)| Some((row.as_ref()?.id, draft.parent?)));
        parents.extend(moved);
        Ok(Self(parents))
    }

    fn is_circle(&self, start: AcademicSessionId) -> bool {
        let mut seen = HashSet::new();
        let mut at = start;
        while let Some(Some(parent)) = self.0.get(&at) {
            if *parent == start {
                return true;
            }
            if !seen.insert(*parent) {
                return false;
            }
            at = *parent;
        }
        false
    }
}
