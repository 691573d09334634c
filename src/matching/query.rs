//! What can be asked of wishes and runs.

use super::types::{MatchRun, PlacementPreference};
use crate::graphql::object::{Declaration, Query};

/// Declares the slice's part of the root.
pub fn declare(query: &mut Declaration<Query>) {
    query.get::<PlacementPreference>(
        "placementPreference",
        "A line of a student's list of wishes by its global id.",
    );
    query.by_key::<PlacementPreference>(
        "placementPreferenceByKey",
        "A line of a student's list of wishes by your own system's key.",
    );
    query.list::<PlacementPreference>(
        "placementPreferences",
        "The lines of students' lists of wishes that you may see.",
    );
    query.get::<MatchRun>("matchRun", "A run of the matching by its global id.");
    query.list::<MatchRun>("matchRuns", "The runs of the matching that you may see.");
}
