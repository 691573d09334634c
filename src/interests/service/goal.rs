//! Writing what students mean to become.
//!
//! A goal is not overwritten when the student thinks again: a newer one takes its place and names
//! it, so that the road can be told. Each goal has at most one successor.

use std::collections::HashMap;

use entity::{
    career_goal::{ActiveModel, CareerGoalKind, Column, Entity, Model},
    id::CareerGoalId,
};
use sea_orm::QueryFilter;
use uuid::Uuid;

use super::{
    signal::{self, SignalDraft, assign_signal},
    standing,
    tag::{self, TagDraft},
};
use crate::{
    error::{Detail, Problem, ProblemCode, Result},
    interests::rules,
    roster::service::owned::keys,
    store::{Synced, Write, any_of, assign, visible},
    typeid,
};

/// How a goal should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct GoalDraft {
    pub about: SignalDraft,
    pub kind: Option<CareerGoalKind>,
    pub statement: Option<String>,
    pub tag: TagDraft,
    pub supersedes: Option<Option<CareerGoalId>>,
}

impl Synced for Entity {
    type Draft = GoalDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&GoalDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let shared: Vec<_> = drafts.iter().map(|(draft, row)| (&draft.about, *row)).collect();
        let mut problems = signal::check::<Self>(write, &shared).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::goal(problems, draft, *row);
        }
        tag::check(write, drafts.iter().map(|(draft, _)| &draft.tag), &mut problems).await?;
        check_chain(write, drafts, &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &GoalDraft, row: &mut ActiveModel) {
        assign_signal!(row, &draft.about, set_on);
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.statement, draft.statement.as_ref());
        assign(&mut row.occupation_code, draft.tag.occupation_code.as_ref());
        assign(&mut row.cluster_id, draft.tag.cluster.as_ref());
        assign(&mut row.supersedes_id, draft.supersedes.as_ref());
    }

    async fn attach(
        write: &Write<'_>,
        rows: &[(&GoalDraft, &Model)],
    ) -> Result<Vec<Vec<&'static str>>> {
        let written = rows.iter().map(|(_, row)| (row.student_id, row.updated_at));
        standing::follow(write, written).await?;
        Ok(vec![Vec::new(); rows.len()])
    }
}

/// A goal supersedes an older one of the same student that no other has superseded.
async fn check_chain(
    write: &Write<'_>,
    drafts: &[(&GoalDraft, Option<&Model>)],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let named = keys(drafts.iter().filter_map(|(draft, _)| draft.supersedes.flatten()));
    let older = write.found::<Entity>(&named).await?;
    let successors = successors(write, &named).await?;
    let mut seen = HashMap::new();
    for (at, ((draft, row), problems)) in drafts.iter().zip(problems).enumerate() {
        let Some(wanted) = draft.supersedes.flatten() else { continue };
        let Some(goal) = older.get(&Uuid::from(wanted)) else {
            problems.push(Problem::reference("supersedesId", "career goal"));
            continue;
        };
        let student = draft.about.student.or(row.map(|row| row.student_id));
        if Some(goal.student_id) != student || row.is_some_and(|row| row.id == wanted) {
            problems.push(Problem::reference("supersedesId", "other goal of this student"));
            continue;
        }
        let on = draft.about.on.or(row.map(|row| row.set_on));
        if on.is_some_and(|on| on < goal.set_on) {
            let message = "the goal that is superseded was set later";
            problems.push(Problem::field(ProblemCode::OutOfRange, "setOn", message));
        }
        let holder = successors.get(&wanted);
        if let Some(holder) = holder.filter(|holder| row.map(|row| row.id) != Some(**holder)) {
            let message = "another goal has taken the place of this one already";
            let detail = Detail::Duplicate { existing: Some(typeid::encode(*holder)) };
            let code = ProblemCode::AlreadyExists;
            problems.push(Problem::with(code, "supersedesId", message, detail));
        } else if seen.insert(wanted, at).is_some() {
            let message = "another row of the same input supersedes this goal";
            let code = ProblemCode::DuplicateInInput;
            problems.push(Problem::field(code, "supersedesId", message));
        }
    }
    Ok(())
}

/// Which goals have taken the place of these.
async fn successors(write: &Write<'_>, of: &[Uuid]) -> Result<HashMap<CareerGoalId, CareerGoalId>> {
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let among = any_of(write.backend(), Column::SupersedesId, of);
    let rows = visible::<Entity>(write.caller).filter(among).all(&write.tx).await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.supersedes_id?, row.id))).collect())
}
