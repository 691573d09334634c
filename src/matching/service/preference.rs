//! Writing students' lists of wishes.

use std::collections::{HashMap, HashSet};

use entity::{
    id::{DistrictId, OpportunityId, StudentId},
    opportunity,
    placement_preference::{ActiveModel, Column, Entity, Model},
    status::RecordStatus,
    student,
};
use sea_orm::QueryFilter;
use uuid::Uuid;

use crate::{
    error::{Detail, Problem, ProblemCode, Result},
    matching::rules::{self, Place},
    roster::service::owned::{Known, at_home, keys},
    store::{Synced, Write, any_of, assign, default_to, visible},
    typeid,
};

/// How a wish should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct PreferenceDraft {
    pub district: DistrictId,
    pub student: Option<StudentId>,
    pub opportunity: Option<OpportunityId>,
    pub rank: Option<i32>,
    pub status: Option<RecordStatus>,
}

type Draft<'d> = (&'d PreferenceDraft, Option<&'d Model>);

impl Synced for Entity {
    type Draft = PreferenceDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&PreferenceDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let students = keys(drafts.iter().filter_map(|(draft, _)| draft.student));
        let students = Known::<student::Entity>::among(write, students).await?;
        let offers = keys(drafts.iter().filter_map(|(draft, _)| draft.opportunity));
        let offers = write.known::<opportunity::Entity>(&offers).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            problems.extend(rules::preference(draft, *row));
            students.check(problems, "studentId", draft.district, draft.student);
            if draft.opportunity.is_some_and(|offer| !offers.contains(&offer.into())) {
                problems.push(Problem::reference("opportunityId", "opportunity"));
            }
        }
        check_lists(write, drafts, &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &PreferenceDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.student_id, draft.student.as_ref());
        assign(&mut row.opportunity_id, draft.opportunity.as_ref());
        assign(&mut row.rank, draft.rank.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// Looks at the lists as they will be: each opportunity once, each place taken once.
///
/// The students are held until the end, so that two writers do not give one place away twice.
async fn check_lists(
    write: &Write<'_>,
    drafts: &[Draft<'_>],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let student = |(draft, row): &Draft<'_>| draft.student.or(row.map(|row| row.student_id));
    let students = keys(drafts.iter().filter_map(student));
    write.load_all::<student::Entity>(&students).await?;
    let stored = stored(write, &students).await?;
    let ids: HashSet<_> = drafts.iter().filter_map(|(_, row)| Some(row.as_ref()?.id)).collect();
    let (mut written, mut wanted) = (Vec::new(), HashSet::new());
    for (at, ((draft, row), problems)) in drafts.iter().zip(problems.iter_mut()).enumerate() {
        let Some(student) = student(&(draft, *row)) else { continue };
        if let (None, Some(offer)) = (row, draft.opportunity) {
            let wish = (student, offer);
            problems.extend(doubled(stored.get(&wish), wanted.insert(wish)));
        }
        let status = draft.status.or(row.map(|row| row.status)).unwrap_or(RecordStatus::Active);
        let rank = draft.rank.or(row.map(|row| row.rank));
        if let Some(rank) = rank.filter(|_| status == RecordStatus::Active) {
            written.push((at, Place { student, rank }));
        }
    }
    let holds = |row: &&Model| row.status == RecordStatus::Active && !ids.contains(&row.id);
    let others = stored.values().filter(holds);
    let others: Vec<_> =
        others.map(|row| Place { student: row.student_id, rank: row.rank }).collect();
    for at in rules::ranks(&written, &others) {
        let message = "another wish of the student has this place; send every line whose place \
                       changes in one batch";
        problems[at].push(Problem::field(ProblemCode::AlreadyExists, "rank", message));
    }
    Ok(())
}

/// All wishes of these students, also those that no longer hold.
async fn stored(
    write: &Write<'_>,
    students: &[Uuid],
) -> Result<HashMap<(StudentId, OpportunityId), Model>> {
    let among = any_of(write.backend(), Column::StudentId, students);
    let rows = visible::<Entity>(write.caller).filter(among).all(&write.tx).await?;
    Ok(rows.into_iter().map(|row| ((row.student_id, row.opportunity_id), row)).collect())
}

/// Refuses a second wish of a student for one opportunity.
fn doubled(stored: Option<&Model>, is_first: bool) -> Option<Problem> {
    if let Some(row) = stored {
        let message = "the student's list has this opportunity already";
        let detail = Detail::Duplicate { existing: Some(typeid::encode(row.id)) };
        let code = ProblemCode::AlreadyExists;
        return Some(Problem::with(code, "opportunityId", message, detail));
    }
    let message = "another row of the same input names this opportunity for the student";
    (!is_first).then(|| Problem::field(ProblemCode::DuplicateInInput, "opportunityId", message))
}
