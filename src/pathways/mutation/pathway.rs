//! Mutations of career pathways.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, PathwayId},
    pathway,
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    pathways::{service::pathway::PathwayDraft, types::Pathway},
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a pathway should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PathwayInput {
    /// What it is called; needed for a new pathway.
    name: Option<String>,
    /// The code in the catalogue.
    code: MaybeUndefined<String>,
    /// The career cluster that it belongs to, of either framework; needed for a new pathway.
    cluster_id: Option<ID>,
    /// The programme of study by the Classification of Instructional Programs, as `51.3801`. Where a
    /// whole crosswalk of programmes is loaded, it has to list the code.
    cip_code: MaybeUndefined<String>,
    /// What it is about.
    description: MaybeUndefined<String>,
    /// Minutes of work-based learning that it asks for.
    wbl_minutes: MaybeUndefined<i32>,
    /// Whether it is offered; ACTIVE for a new pathway.
    status: Option<RecordStatus>,
}

impl Input for PathwayInput {
    type Draft = PathwayDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = PathwayDraft {
            district,
            name: self.name,
            code: patched(self.code, Into::into),
            cluster: reading.optional_id("clusterId", self.cluster_id.as_ref()),
            cip_code: patched(self.cip_code, Into::into),
            description: patched(self.description, Into::into),
            wbl_minutes: patched(self.wbl_minutes, Into::into),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of career pathways.
    PathwayMutation of pathway: Pathway, rows pathway::Entity, ids PathwayId,
    reading PathwayInput, needs Scope::PathwaysWrite {
        /// Creates and updates career pathways by your own system's keys. Sending the same rows again
        /// writes nothing.
        pathway_bulk_upsert(PathwayUpsertInput) -> PathwayBulkUpsertPayload, PathwayUpsertResult;
        /// Changes one of them.
        pathway_update -> PathwayUpdatePayload;
    }
}
