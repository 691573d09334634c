//! What can be written to the roster.

mod student;

use async_graphql::MergedObject;

/// The roster's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct RosterMutation(student::StudentMutation);
