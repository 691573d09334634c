//! Mutations of students' times on pathways.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, PathwayEnrollmentId},
    pathway_enrollment,
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::Date,
        synced::{Input, Read},
    },
    pathways::{
        service::enrollment::PathwayEnrollmentDraft,
        types::{PathwayEnrollment, PathwayExitReason},
    },
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a student's time on a pathway should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PathwayEnrollmentInput {
    /// The student; needed for a new enrollment, and never another one.
    student_id: Option<ID>,
    /// The pathway; needed for a new enrollment, and never another one.
    pathway_id: Option<ID>,
    /// The first day; needed for a new enrollment.
    started_on: Option<Date>,
    /// The last day.
    ended_on: MaybeUndefined<Date>,
    /// Why it ended; only beside a last day.
    exit_reason: MaybeUndefined<PathwayExitReason>,
    /// Whether it counts; ACTIVE for a new enrollment.
    status: Option<RecordStatus>,
}

impl Input for PathwayEnrollmentInput {
    type Draft = PathwayEnrollmentDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = PathwayEnrollmentDraft {
            district,
            student: reading.optional_id("studentId", self.student_id.as_ref()),
            pathway: reading.optional_id("pathwayId", self.pathway_id.as_ref()),
            started_on: self.started_on.map(|day| day.0),
            ended_on: patched(self.ended_on, |day| day.0),
            exit_reason: patched(self.exit_reason, Into::into),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of students' times on pathways.
    PathwayEnrollmentMutation of pathway_enrollment: PathwayEnrollment, rows pathway_enrollment::Entity, ids PathwayEnrollmentId,
    reading PathwayEnrollmentInput, needs Scope::PathwaysWrite {
        /// Creates and updates students' times on pathways by your own system's keys. Sending the same rows again
        /// writes nothing.
        pathway_enrollment_bulk_upsert(PathwayEnrollmentUpsertInput) -> PathwayEnrollmentBulkUpsertPayload, PathwayEnrollmentUpsertResult;
        /// Changes one of them.
        pathway_enrollment_update -> PathwayEnrollmentUpdatePayload;
    }
}
