//! Mutations of students' lists of wishes.

use async_graphql::{ID, InputObject};
use entity::{
    id::{DistrictId, PlacementPreferenceId},
    placement_preference,
};

use crate::{
    auth::Scope,
    graphql::{
        input::Reading,
        synced::{Input, Read},
    },
    matching::{service::preference::PreferenceDraft, types::PlacementPreference},
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a line of a list should be. What is absent is kept.
#[derive(Debug, InputObject)]
pub struct PlacementPreferenceInput {
    /// The student; needed for a new line, and never another one.
    student_id: Option<ID>,
    /// What is wanted; needed for a new line, and never something else.
    opportunity_id: Option<ID>,
    /// The place on the list, 1 to 50; needed for a new line. No two lines of a student that hold
    /// have the same: when places are exchanged, send all lines concerned in one batch.
    rank: Option<i32>,
    /// Whether it holds; ACTIVE for a new line.
    status: Option<RecordStatus>,
}

impl Input for PlacementPreferenceInput {
    type Draft = PreferenceDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = PreferenceDraft {
            district,
            student: reading.optional_id("studentId", self.student_id.as_ref()),
            opportunity: reading.optional_id("opportunityId", self.opportunity_id.as_ref()),
            rank: self.rank,
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of students' lists of wishes.
    PlacementPreferenceMutation of placement_preference: PlacementPreference,
    rows placement_preference::Entity, ids PlacementPreferenceId,
    reading PlacementPreferenceInput, needs Scope::PlacementsWrite {
        /// Creates and updates lines of students' lists of wishes by your own system's keys. Sending
        /// the same rows again writes nothing.
        placement_preference_bulk_upsert(PlacementPreferenceUpsertInput) -> PlacementPreferenceBulkUpsertPayload, PlacementPreferenceUpsertResult;
        /// Changes one line of a list.
        placement_preference_update -> PlacementPreferenceUpdatePayload;
    }
}
