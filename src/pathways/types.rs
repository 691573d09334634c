//! The objects of career pathways.

mod course;
mod credential;
mod definition;
mod enrollment;
mod pathway;

pub use course::PathwayCourse;
pub use credential::PathwayCredential;
pub use definition::PathwayDefinition;
pub use enrollment::{PathwayEnrollment, PathwayExitReason};
pub use pathway::Pathway;

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    pathway::declare(graph);
    course::declare(graph);
    credential::declare(graph);
    enrollment::declare(graph);
    definition::declare(graph);
    super::query::declare(graph.query());
}
