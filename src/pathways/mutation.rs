//! What can be written of career pathways.

mod course;
mod credential;
mod definition;
mod enrollment;
mod pathway;

use async_graphql::MergedObject;

pub use self::{
    course::PathwayCourseMutation, credential::PathwayCredentialMutation,
    definition::PathwayDefinitionMutation, enrollment::PathwayEnrollmentMutation,
    pathway::PathwayMutation,
};

/// The part of the mutations that is about pathways.
#[derive(Debug, Default, MergedObject)]
pub struct PathwaysMutation(
    PathwayMutation,
    PathwayCourseMutation,
    PathwayCredentialMutation,
    PathwayEnrollmentMutation,
    PathwayDefinitionMutation,
);
