//! Ties between students and guardians, by the keys of another system.

use async_graphql::{ID, InputObject};
use entity::{
    guardianship,
    id::{DistrictId, GuardianshipId},
};

use crate::{
    auth::Scope,
    graphql::{
        input::Reading,
        synced::{Input, Read},
    },
    roster::{
        service::guardianship::TieDraft,
        types::{Guardianship, Relationship},
    },
    synced_mutations,
};

/// How a tie should be. What is absent is kept.
#[derive(Debug, InputObject)]
pub struct GuardianshipInput {
    /// The student; needed for a new tie, and never changed afterwards.
    student_id: Option<ID>,
    /// The adult; needed for a new tie, and never changed afterwards.
    guardian_id: Option<ID>,
    /// What the adult is to the student; needed for a new tie.
    relationship: Option<Relationship>,
}

impl Input for GuardianshipInput {
    type Draft = TieDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = TieDraft {
            district,
            student: reading.optional_id("studentId", self.student_id.as_ref()),
            guardian: reading.optional_id("guardianId", self.guardian_id.as_ref()),
            relationship: self.relationship.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of ties by the keys of another system.
    GuardianshipSyncMutation of guardianship: Guardianship, rows guardianship::Entity, ids GuardianshipId,
    reading GuardianshipInput, needs Scope::GuardiansWrite {
        /// Creates and updates ties between students and guardians by your own system's keys.
        /// Sending the same rows again writes nothing. A student and a guardian share one tie.
        guardianship_bulk_upsert(GuardianshipUpsertInput) -> GuardianshipBulkUpsertPayload, GuardianshipUpsertResult;
        /// Changes what a guardian is to a student.
        guardianship_update -> GuardianshipUpdatePayload;
    }
}
