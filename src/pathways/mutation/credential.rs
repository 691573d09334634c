//! Mutations of the credentials of pathways.

use async_graphql::{ID, InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, PathwayCredentialId},
    pathway_credential,
};

use crate::{
    auth::Scope,
    graphql::{
        input::{Reading, patched},
        synced::{Input, Read},
    },
    pathways::{service::credential::CredentialDraft, types::PathwayCredential},
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a credential should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PathwayCredentialInput {
    /// The pathway; needed for a new credential, and never another one.
    pathway_id: Option<ID>,
    /// What it is called; needed for a new credential.
    name: Option<String>,
    /// Who awards it.
    issuer: MaybeUndefined<String>,
    /// Whether the pathway leads to it; ACTIVE for a new credential.
    status: Option<RecordStatus>,
}

impl Input for PathwayCredentialInput {
    type Draft = CredentialDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        let mut reading = Reading::default();
        let draft = CredentialDraft {
            district,
            pathway: reading.optional_id("pathwayId", self.pathway_id.as_ref()),
            name: self.name,
            issuer: patched(self.issuer, Into::into),
            status: self.status.map(Into::into),
        };
        reading.finish(draft)
    }
}

synced_mutations! { of a district:
    /// Mutations of the credentials of pathways.
    PathwayCredentialMutation of pathway_credential: PathwayCredential, rows pathway_credential::Entity, ids PathwayCredentialId,
    reading PathwayCredentialInput, needs Scope::PathwaysWrite {
        /// Creates and updates credentials of pathways by your own system's keys. Sending the same rows again
        /// writes nothing.
        pathway_credential_bulk_upsert(PathwayCredentialUpsertInput) -> PathwayCredentialBulkUpsertPayload, PathwayCredentialUpsertResult;
        /// Changes one of them.
        pathway_credential_update -> PathwayCredentialUpdatePayload;
    }
}
