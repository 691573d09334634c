//! The objects of bulk.

mod export;
mod import;
mod job;

pub use export::{BulkCompression, BulkExportFormat};
pub use import::{BulkFormat, BulkImportType, means};
pub use job::{Job, JobFailureCode, JobKind, JobKindFilter, JobProgress, JobState, JobStateFilter};

use crate::graphql::object::Graph;

/// Declares the slice's types and its part of the root.
pub fn declare(graph: &mut Graph) {
    job::declare(graph);
    super::query::declare(graph.query());
}
