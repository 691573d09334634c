//! Writing classes, with their sessions and teachers.

mod joins;

use entity::{
    academic_session,
    class::{ActiveModel, ClassKind, Entity, Model},
    course,
    id::{AcademicSessionId, CourseId, DistrictId, SchoolId, StaffId},
    school, staff,
    status::RecordStatus,
};

use super::owned::{Known, at_home, keys};
use crate::{
    error::{Problem, Result},
    roster::rules,
    store::{Synced, Write, assign, default_to},
};

/// How a class should be; what is `None` is kept.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns of the row, documented there")]
pub struct ClassDraft {
    pub district: DistrictId,
    pub school: Option<SchoolId>,
    pub course: Option<CourseId>,
    pub title: Option<String>,
    pub class_code: Option<Option<String>>,
    pub kind: Option<ClassKind>,
    pub location: Option<Option<String>>,
    pub period: Option<Option<String>>,
    pub status: Option<RecordStatus>,
    /// All sessions in which it meets.
    pub sessions: Option<Vec<AcademicSessionId>>,
    /// All its teachers; the first is the teacher of record.
    pub teachers: Option<Vec<StaffId>>,
}

impl Synced for Entity {
    type Draft = ClassDraft;

    async fn check(
        write: &Write<'_>,
        drafts: &[(&ClassDraft, Option<&Model>)],
    ) -> Result<Vec<Vec<Problem>>> {
        let homes = drafts.iter().map(|(draft, row)| (draft.district, *row)).collect();
        let mut problems = at_home::<Self>(write, homes).await?;
        let references = References::of(write, drafts).await?;
        for ((draft, row), problems) in drafts.iter().zip(&mut problems) {
            rules::class(problems, draft, row.is_none());
            references.check(problems, draft);
        }
        Ok(problems)
    }

    fn assign(draft: &ClassDraft, row: &mut ActiveModel) {
        assign(&mut row.district_id, Some(&draft.district));
        assign(&mut row.school_id, draft.school.as_ref());
        assign(&mut row.course_id, draft.course.as_ref());
        assign(&mut row.title, draft.title.as_ref());
        assign(&mut row.class_code, draft.class_code.as_ref());
        assign(&mut row.kind, draft.kind.as_ref());
        assign(&mut row.location, draft.location.as_ref());
        assign(&mut row.period, draft.period.as_ref());
        assign(&mut row.status, draft.status.as_ref());
        default_to(&mut row.kind, ClassKind::Scheduled);
        default_to(&mut row.status, RecordStatus::Active);
    }

    fn attaches(draft: &ClassDraft) -> bool {
        draft.sessions.is_some() || draft.teachers.is_some()
    }

    async fn attach(
        write: &Write<'_>,
        rows: &[(&ClassDraft, &Model)],
    ) -> Result<Vec<Vec<&'static str>>> {
        joins::attach(write, rows).await
    }
}

/// What the classes of a batch refer to.
struct References {
    schools: Known<school::Entity>,
    courses: Known<course::Entity>,
    sessions: Known<academic_session::Entity>,
    teachers: Known<staff::Entity>,
}

impl References {
    async fn of(write: &Write<'_>, drafts: &[(&ClassDraft, Option<&Model>)]) -> Result<Self> {
        let schools = keys(drafts.iter().filter_map(|(draft, _)| draft.school));
        let courses = keys(drafts.iter().filter_map(|(draft, _)| draft.course));
        let sessions = drafts.iter().flat_map(|(draft, _)| draft.sessions.iter().flatten());
        let sessions = keys(sessions.copied());
        let teachers = drafts.iter().flat_map(|(draft, _)| draft.teachers.iter().flatten());
        let teachers = keys(teachers.copied());
        Ok(Self {
            schools: Known::among(write, schools).await?,
            courses: Known::among(write, courses).await?,
            sessions: Known::among(write, sessions).await?,
            teachers: Known::among(write, teachers).await?,
        })
    }

    fn check(&self, problems: &mut Vec<Problem>, draft: &ClassDraft) {
        self.schools.check(problems, "schoolId", draft.district, draft.school);
        self.courses.check(problems, "courseId", draft.district, draft.course);
        for (at, session) in draft.sessions.iter().flatten().enumerate() {
            let path = format!("sessionIds.{at}");
            self.sessions.check(problems, &path, draft.district, Some(*session));
        }
        for (at, teacher) in draft.teachers.iter().flatten().enumerate() {
            let path = format!("teacherIds.{at}");
            self.teachers.check(problems, &path, draft.district, Some(*teacher));
        }
    }
}
