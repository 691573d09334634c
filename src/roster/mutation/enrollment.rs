//! Mutations of enrollments.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    enrollment,
    id::{DistrictId, EnrollmentId},
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        scalars::{Date, Decimal},
        synced::{Input, Read},
    },
    roster::{
        service::enrollment::EnrollmentDraft,
        types::{Enrollment, RecordStatus},
    },
    synced_mutations,
};

/// How an enrollment should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct EnrollmentInput {
    /// The class; needed for a new enrollment.
    class_id: Option<ID>,
    /// The student; needed for a new enrollment.
    student_id: Option<ID>,
    /// The first day.
    begin_date: MaybeUndefined<Date>,
    /// The day after the last day.
    end_date: MaybeUndefined<Date>,
    /// Whether this is the student's main class of its course; false for a new enrollment.
    is_primary: Option<bool>,
    /// The final grade, as the school writes it.
    result_grade: MaybeUndefined<String>,
    /// The credits earned, as `0.50`.
    credits: MaybeUndefined<Decimal>,
    /// The day the student completed the class.
    completed_on: MaybeUndefined<Date>,
    /// Whether it is in use; ACTIVE for a new enrollment.
    status: Option<RecordStatus>,
}

impl Input for EnrollmentInput {
    type Draft = EnrollmentDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = EnrollmentDraft {
            district,
            class: reading.optional_id("classId", self.class_id.as_ref()),
            student: reading.optional_id("studentId", self.student_id.as_ref()),
            begin_date: patched(self.begin_date, |day| day.0),
            end_date: patched(self.end_date, |day| day.0),
            is_primary: self.is_primary,
            result_grade: patched(self.result_grade, Into::into),
            credits_hundredths: patched(self.credits, hundredths),
            completed_on: patched(self.completed_on, |day| day.0),
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
    /// Mutations of enrollments.
    EnrollmentMutation of enrollment: Enrollment, rows enrollment::Entity, ids EnrollmentId,
    reading EnrollmentInput, needs Scope::RosterWrite {
        /// Creates and updates enrollments by your own system's keys. Sending the same rows again
        /// writes nothing.
        enrollment_bulk_upsert(EnrollmentUpsertInput) -> EnrollmentBulkUpsertPayload, EnrollmentUpsertResult;
        /// Changes one enrollment.
        enrollment_update -> EnrollmentUpdatePayload;
    }
}
