//! What can be written of wishes and runs.

mod preference;
mod run;

use async_graphql::MergedObject;

pub use self::preference::PlacementPreferenceMutation;

/// The slice's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct MatchingMutation(PlacementPreferenceMutation, run::MatchRunMutation);
