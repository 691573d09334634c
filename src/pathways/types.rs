//! The objects of career pathways.

mod capacity;
mod course;
mod credential;
mod criteria;
mod definition;
mod enrollment;
mod pathway;
mod progress;
mod recommendation;

pub use capacity::{PathwayCourseDemand, PathwayProgressCounts};
pub use course::PathwayCourse;
pub use credential::PathwayCredential;
pub use criteria::PathwayCriteria;
pub use definition::PathwayDefinition;
pub use enrollment::{PathwayEnrollment, PathwayExitReason};
pub use pathway::Pathway;
pub use progress::{PathwayCourseProgress, PathwayCourseState, PathwayLevel, PathwayProgress};
pub use recommendation::PathwayRecommendation;

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    pathway::declare(graph);
    course::declare(graph);
    credential::declare(graph);
    enrollment::declare(graph);
    definition::declare(graph);
    progress::declare(graph);
    capacity::declare(graph);
    recommendation::declare(graph);
    super::query::declare(graph.query());
}
