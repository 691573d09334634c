//! Ties that other systems keep under keys of their own.

use std::collections::{HashMap, HashSet};

use entity::{
    guardian,
    guardianship::{ActiveModel, Entity, Model, Relationship},
    id::{DistrictId, GuardianId, StudentId},
    student,
};

use super::{pair, stored};
use crate::{
    error::{Detail, Problem, ProblemCode, Result},
    roster::{
        rules,
        service::owned::{Known, at_home, keys},
    },
    store::{Synced, Write, assign},
    typeid,
};

/// How a tie should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct TieDraft {
    pub district: DistrictId,
    pub student: Option<StudentId>,
    pub guardian: Option<GuardianId>,
    pub relationship: Option<Relationship>,
}

impl Synced for Entity {
    type Draft = TieDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&TieDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let students = keys(drafts.iter().filter_map(|(draft, _)| draft.student));
        let students = Known::<student::Entity>::among(write, students).await?;
        let guardians = keys(drafts.iter().filter_map(|(draft, _)| draft.guardian));
        let guardians = Known::<guardian::Entity>::among(write, guardians).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::guardianship(problems, draft, *row);
            students.check(problems, "studentId", draft.district, draft.student);
            guardians.check(problems, "guardianId", draft.district, draft.guardian);
        }
        check_pairs(write, drafts, &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &TieDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.student_id, draft.student.as_ref());
        assign(&mut row.guardian_id, draft.guardian.as_ref());
        assign(&mut row.relationship, draft.relationship.as_ref());
    }
}

/// Refuses a second tie between the same two people, stored or in the same batch.
async fn check_pairs(
    write: &Write<'_>,
    drafts: &[(&TieDraft, Option<&Model>)],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let fresh = |(draft, row): &(&TieDraft, Option<&Model>)| {
        draft.student.zip(draft.guardian).filter(|_| row.is_none())
    };
    let guardians = keys(drafts.iter().filter_map(fresh).map(|(_, guardian)| guardian));
    let ties = stored(write, &guardians).await?;
    let ties: HashMap<_, _> = ties.iter().map(|row| (pair(row), row.id)).collect();
    let mut seen = HashSet::new();
    for (draft, problems) in drafts.iter().zip(problems) {
        let Some(wanted) = fresh(draft) else { continue };
        if let Some(tie) = ties.get(&wanted) {
            let message = "the two have a tie already";
            let detail = Detail::Duplicate { existing: Some(typeid::encode(*tie)) };
            problems.push(Problem::with(ProblemCode::AlreadyExists, "guardianId", message, detail));
        } else if !seen.insert(wanted) {
            let message = "another row of the same input ties these two";
            problems.push(Problem::field(ProblemCode::DuplicateInInput, "guardianId", message));
        }
    }
    Ok(())
}
