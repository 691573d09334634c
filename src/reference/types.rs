//! The objects of the reference data.

mod cluster;
mod crosswalk;
mod interests;
mod member;
mod occupation;
mod release;

pub use cluster::{CareerCluster, CareerClusterFramework};
pub use crosswalk::{Crosswalk, CrosswalkFrom, FrameworkCode, ReferenceFramework};
pub use interests::OccupationInterests;
pub use occupation::Occupation;
pub use release::{ReferenceDataset, ReferenceRelease};

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    release::declare(graph);
    cluster::declare(graph);
    interests::declare(graph);
    occupation::declare(graph);
    crosswalk::declare(graph);
    super::query::declare(graph.query());
}
