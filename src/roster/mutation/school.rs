//! Mutations of schools.

use async_graphql::{InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, SchoolId},
    school,
};

use crate::{
    auth::Scope,
    graphql::{
        input::patched,
        synced::{Input, Read},
    },
    roster::{
        service::school::SchoolDraft,
        types::{RecordStatus, School},
    },
    synced_mutations,
};

/// How a school should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct SchoolInput {
    /// The name; needed for a new school.
    name: Option<String>,
    /// The number under which the NCES or the state knows it.
    identifier: MaybeUndefined<String>,
    /// Whether it is in use; ACTIVE for a new school.
    status: Option<RecordStatus>,
}

impl Input for SchoolInput {
    type Draft = SchoolDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        Ok(SchoolDraft {
            district,
            name: self.name,
            identifier: patched(self.identifier, Into::into),
            status: self.status.map(Into::into),
        })
    }
}

synced_mutations! { of a district:
    /// Mutations of schools.
    SchoolMutation of school: School, rows school::Entity, ids SchoolId,
    reading SchoolInput, needs Scope::RosterWrite {
        /// Creates and updates schools by your own system's keys. Sending the same rows again
        /// writes nothing.
        school_bulk_upsert(SchoolUpsertInput) -> SchoolBulkUpsertPayload, SchoolUpsertResult;
        /// Changes one school.
        school_update -> SchoolUpdatePayload;
    }
}
