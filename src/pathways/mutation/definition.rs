//! Mutations of definitions of participants, concentrators and completers.

use async_graphql::{InputObject, MaybeUndefined};
use entity::{
    id::{DistrictId, PathwayDefinitionId},
    pathway_definition,
};

use crate::{
    auth::Scope,
    graphql::{
        input::patched,
        scalars::{Date, Decimal},
        synced::{Input, Read},
    },
    pathways::{service::definition::DefinitionDraft, types::PathwayDefinition},
    roster::types::RecordStatus,
    synced_mutations,
};

/// How a definition should be. What is absent is kept; null clears.
#[derive(Debug, InputObject)]
pub struct PathwayDefinitionInput {
    /// Whose definition it is, as `US` or `US-CO`; needed for a new definition.
    jurisdiction: Option<String>,
    /// Where it is written; needed for a new definition.
    citation: Option<String>,
    /// The first day on which it is in force; needed for a new definition. No two definitions of a
    /// district are in force on the same day.
    effective_from: Option<Date>,
    /// The last day on which it is in force.
    effective_to: MaybeUndefined<Date>,
    /// Completed courses of one pathway that make a participant; needed for a new definition.
    participant_courses: Option<i32>,
    /// Completed courses of one pathway that make a concentrator.
    concentrator_courses: MaybeUndefined<i32>,
    /// Credits earned in one pathway that make a concentrator, as `12.00`. Where both are given,
    /// either will do; one of the two is needed.
    concentrator_credits: MaybeUndefined<Decimal>,
    /// Completed courses that a completer needs besides having all required ones.
    completer_courses: MaybeUndefined<i32>,
    /// Whether it counts; ACTIVE for a new definition.
    status: Option<RecordStatus>,
}

impl Input for PathwayDefinitionInput {
    type Draft = DefinitionDraft;
    type Home = DistrictId;

    fn draft(self, district: DistrictId) -> Read<Self::Draft> {
        Ok(DefinitionDraft {
            district,
            jurisdiction: self.jurisdiction,
            citation: self.citation,
            effective_from: self.effective_from.map(|day| day.0),
            effective_to: patched(self.effective_to, |day| day.0),
            participant_courses: self.participant_courses,
            concentrator_courses: patched(self.concentrator_courses, Into::into),
            concentrator_credits_hundredths: patched(self.concentrator_credits, hundredths),
            completer_courses: patched(self.completer_courses, Into::into),
            status: self.status.map(Into::into),
        })
    }
}

/// A number that no column holds stays out of every range.
fn hundredths(credits: Decimal) -> i32 {
    i32::try_from(credits.hundredths).unwrap_or(i32::MAX)
}

synced_mutations! { of a district:
    /// Mutations of definitions of participants, concentrators and completers.
    PathwayDefinitionMutation of pathway_definition: PathwayDefinition, rows pathway_definition::Entity, ids PathwayDefinitionId,
    reading PathwayDefinitionInput, needs Scope::PathwaysWrite {
        /// Creates and updates definitions by your own system's keys. Sending the same rows again
        /// writes nothing.
        pathway_definition_bulk_upsert(PathwayDefinitionUpsertInput) -> PathwayDefinitionBulkUpsertPayload, PathwayDefinitionUpsertResult;
        /// Changes one of them.
        pathway_definition_update -> PathwayDefinitionUpdatePayload;
    }
}
