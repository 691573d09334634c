//! The objects of the roster.

mod school;
mod student;

pub use school::{District, DistrictKind, RecordStatus, RecordStatusFilter, School};
pub use student::{PersonStatus, PersonStatusFilter, Student};

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    school::declare(graph);
    student::declare(graph);
    super::query::declare(graph.query());
}
