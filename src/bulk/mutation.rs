//! What can be done with bulk.

mod export;
mod import;
mod job;

use async_graphql::MergedObject;

/// The slice's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct BulkMutation(job::JobMutation, import::ImportMutation, export::ExportMutation);
