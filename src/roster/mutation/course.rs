//! Mutations of courses.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    course,
    id::{CourseId, DistrictId},
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    roster::{
        service::course::CourseDraft,
        types::{Course, RecordStatus},
    },
    synced_mutations,
};

/// How a course should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct CourseInput {
    /// The school that offers it; none when the whole district does.
    school_id: MaybeUndefined<ID>,
    /// The name in the catalogue; needed for a new course.
    title: Option<String>,
    /// The code in the catalogue.
    course_code: MaybeUndefined<String>,
    /// The field of study.
    subject: MaybeUndefined<String>,
    /// The grades it is meant for, separated by commas: `09,10`.
    grade_levels: MaybeUndefined<String>,
    /// The school year it is offered in: an academic session.
    school_year_id: MaybeUndefined<ID>,
    /// Whether it is in use; ACTIVE for a new course.
    status: Option<RecordStatus>,
}

impl Input for CourseInput {
    type Draft = CourseDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = CourseDraft {
            district,
            school: reading.patched_id("schoolId", &self.school_id),
            title: self.title,
            course_code: patched(self.course_code, Into::into),
            subject: patched(self.subject, Into::into),
            grade_levels: patched(self.grade_levels, Into::into),
            school_year: reading.patched_id("schoolYearId", &self.school_year_id),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of courses.
    CourseMutation of course: Course, rows course::Entity, ids CourseId,
    reading CourseInput, needs Scope::RosterWrite {
        /// Creates and updates courses by your own system's keys. Sending the same rows again
        /// writes nothing.
        course_bulk_upsert(CourseUpsertInput) -> CourseBulkUpsertPayload, CourseUpsertResult;
        /// Changes one course.
        course_update -> CourseUpdatePayload;
    }
}
