//! Writing the courses of pathways.

use std::collections::{HashMap, HashSet};

use entity::{
    course,
    id::{CourseId, DistrictId, PathwayCourseId, PathwayId},
    pathway,
    pathway_course::{ActiveModel, Column, Entity, Model},
    status::RecordStatus,
};
use sea_orm::QueryFilter;
use uuid::Uuid;

use crate::{
    error::{Detail, Problem, ProblemCode, Result},
    pathways::rules,
    roster::service::owned::{Known, at_home, keys},
    store::{Synced, Write, any_of, assign, default_to, visible},
    typeid,
};

/// How a course of a pathway should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct PathwayCourseDraft {
    pub district: DistrictId,
    pub pathway: Option<PathwayId>,
    pub course: Option<CourseId>,
    pub position: Option<i32>,
    pub is_required: Option<bool>,
    pub credits_hundredths: Option<Option<i32>>,
    pub status: Option<RecordStatus>,
}

type Draft<'d> = (&'d PathwayCourseDraft, Option<&'d Model>);

impl Synced for Entity {
    type Draft = PathwayCourseDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&PathwayCourseDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let pathways = keys(drafts.iter().filter_map(|(draft, _)| draft.pathway));
        let pathways = Known::<pathway::Entity>::among(write, pathways).await?;
        let courses = keys(drafts.iter().filter_map(|(draft, _)| draft.course));
        let courses = Known::<course::Entity>::among(write, courses).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::course(problems, draft, *row);
            pathways.check(problems, "pathwayId", draft.district, draft.pathway);
            courses.check(problems, "courseId", draft.district, draft.course);
        }
        check_places(write, drafts, &mut problems).await?;
        Ok(problems)
    }

    fn assign(draft: &PathwayCourseDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.pathway_id, draft.pathway.as_ref());
        assign(&mut row.course_id, draft.course.as_ref());
        assign(&mut row.position, draft.position.as_ref());
        assign(&mut row.is_required, draft.is_required.as_ref());
        assign(&mut row.credits_hundredths, draft.credits_hundredths.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.is_required, true);
        default_to(&mut row.status, RecordStatus::Active);
    }
}

/// Refuses a course that the pathway has already, stored or in the same batch.
async fn check_places(
    write: &Write<'_>,
    drafts: &[Draft<'_>],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let fresh = drafts.iter().filter(|(_, row)| row.is_none());
    let taken = taken(write, &keys(fresh.filter_map(|(draft, _)| draft.pathway))).await?;
    let mut seen = HashSet::new();
    for ((draft, row), problems) in drafts.iter().zip(problems) {
        let (Some(pathway), Some(course), None) = (draft.pathway, draft.course, row) else {
            continue;
        };
        if let Some(holder) = taken.get(&(pathway, course)) {
            let message = "the pathway has this course already";
            let detail = Detail::Duplicate { existing: Some(typeid::encode(*holder)) };
            problems.push(Problem::with(ProblemCode::AlreadyExists, "courseId", message, detail));
        } else if !seen.insert((pathway, course)) {
            let message = "another row of the same input gives the pathway this course";
            problems.push(Problem::field(ProblemCode::DuplicateInInput, "courseId", message));
        }
    }
    Ok(())
}

/// The courses that these pathways have.
async fn taken(
    write: &Write<'_>,
    pathways: &[Uuid],
) -> Result<HashMap<(PathwayId, CourseId), PathwayCourseId>> {
    if pathways.is_empty() {
        return Ok(HashMap::new());
    }
    let among = any_of(write.backend(), Column::PathwayId, pathways);
    let rows = visible::<Entity>(write.caller).filter(among).all(&write.tx).await?;
    Ok(rows.into_iter().map(|row| ((row.pathway_id, row.course_id), row.id)).collect())
}
