//! Mutations of the courses of pathways.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, PathwayCourseId},
    pathway_course,
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::Decimal,
        synced::{Input, Read},
    },
    pathways::{service::course::PathwayCourseDraft, types::PathwayCourse},
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a course of a pathway should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PathwayCourseInput {
    /// The pathway; needed for a new row, and never another one.
    pathway_id: Option<ID>,
    /// The course, of the same district and at most once in a pathway; needed for a new row, and
    /// never another one.
    course_id: Option<ID>,
    /// Its place in the order, from 1; needed for a new row.
    position: Option<i32>,
    /// Whether nobody completes the pathway without it; true for a new row.
    is_required: Option<bool>,
    /// The credits that it gives, as `0.50`, where results of students do not tell.
    credits: MaybeUndefined<Decimal>,
    /// Whether it counts; ACTIVE for a new row.
    status: Option<RecordStatus>,
}

impl Input for PathwayCourseInput {
    type Draft = PathwayCourseDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = PathwayCourseDraft {
            district,
            pathway: reading.optional_id("pathwayId", self.pathway_id.as_ref()),
            course: reading.optional_id("courseId", self.course_id.as_ref()),
            position: self.position,
            is_required: self.is_required,
            credits_hundredths: patched(self.credits, hundredths),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

/// A number that no column holds stays out of every range.
fn hundredths(credits: Decimal) -> i32 {
    i32::try_from(credits.hundredths).unwrap_or(i32::MAX)
}

synced_mutations! { of a district:
    /// Mutations of the courses of pathways.
    PathwayCourseMutation of pathway_course: PathwayCourse, rows pathway_course::Entity, ids PathwayCourseId,
    reading PathwayCourseInput, needs Scope::PathwaysWrite {
        /// Creates and updates courses of pathways by your own system's keys. Sending the same rows again
        /// writes nothing.
        pathway_course_bulk_upsert(PathwayCourseUpsertInput) -> PathwayCourseBulkUpsertPayload, PathwayCourseUpsertResult;
        /// Changes one of them.
        pathway_course_update -> PathwayCourseUpdatePayload;
    }
}
