//! Wishes, recommendations and runs as the district sees them.

mod preference;
mod recommendation;
mod result;
mod run;

pub use preference::PlacementPreference;
pub use recommendation::PlacementRecommendation;
pub use result::{MatchPassedOver, MatchRefusal, MatchResult};
pub use run::{MatchPriority, MatchRun, MatchRunState};

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    preference::declare(graph);
    recommendation::declare(graph);
    run::declare(graph);
    result::declare(graph);
    super::query::declare(graph.query());
}
