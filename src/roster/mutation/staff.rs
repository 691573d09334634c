//! Mutations of members of staff.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, StaffId},
    staff,
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    roster::{
        service::staff::StaffDraft,
        types::{PersonStatus, Staff, StaffKind},
    },
    synced_mutations,
};

/// How a member of staff should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct StaffInput {
    /// The school they belong to; none when they serve the whole district.
    school_id: MaybeUndefined<ID>,
    /// The first name; needed for a new member.
    given_name: Option<String>,
    /// The family name; needed for a new member.
    family_name: Option<String>,
    /// The address at work.
    email: MaybeUndefined<String>,
    /// What they do; needed for a new member.
    kind: Option<StaffKind>,
    /// Whether they still take part; ACTIVE for a new member.
    status: Option<PersonStatus>,
}

impl Input for StaffInput {
    type Draft = StaffDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = StaffDraft {
            district,
            school: reading.patched_id("schoolId", &self.school_id),
            given_name: self.given_name,
            family_name: self.family_name,
            email: patched(self.email, Into::into),
            kind: self.kind.map(Into::into),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of members of staff.
    StaffMutation of staff: Staff, rows staff::Entity, ids StaffId,
    reading StaffInput, needs Scope::RosterWrite {
        /// Creates and updates members of staff by your own system's keys. Sending the same rows again
        /// writes nothing.
        staff_bulk_upsert(StaffUpsertInput) -> StaffBulkUpsertPayload, StaffUpsertResult;
        /// Changes one member of staff.
        staff_update -> StaffUpdatePayload;
    }
}
