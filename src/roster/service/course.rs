//! Writing courses.

use entity::{
    academic_session,
    course::{ActiveModel, Entity, Model},
    id::{AcademicSessionId, DistrictId, SchoolId},
    school,
    status::RecordStatus,
};

use super::owned::{Known, at_home, keys};
use crate::{
    error::{Problem, Result},
    roster::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a course should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct CourseDraft {
    pub district: DistrictId,
    pub school: Option<Option<SchoolId>>,
    pub title: Option<String>,
    pub course_code: Option<Option<String>>,
    pub subject: Option<Option<String>>,
    pub grade_levels: Option<Option<String>>,
    pub school_year: Option<Option<AcademicSessionId>>,
    pub status: Option<RecordStatus>,
}

impl Synced for Entity {
    type Draft = CourseDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&CourseDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let schools = keys(drafts.iter().filter_map(|(draft, _)| draft.school.flatten()));
        let schools = Known::<school::Entity>::among(write, schools).await?;
        let years = keys(drafts.iter().filter_map(|(draft, _)| draft.school_year.flatten()));
        let years = Known::<academic_session::Entity>::among(write, years).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::course(problems, draft, row.is_none());
            schools.check(problems, "schoolId", draft.district, draft.school.flatten());
            years.check(problems, "schoolYearId", draft.district, draft.school_year.flatten());
        }
        Ok(problems)
    }

    fn assign(draft: &CourseDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.school_id, draft.school.as_ref());
        assign(&mut row.title, draft.title.as_ref());
        assign(&mut row.course_code, draft.course_code.as_ref());
        assign(&mut row.subject, draft.subject.as_ref());
        assign(&mut row.grade_levels, draft.grade_levels.as_ref());
        assign(&mut row.school_year_id, draft.school_year.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.status, RecordStatus::Active);
    }
}
