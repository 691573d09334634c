//! What can be done with sandboxes.

mod create;
mod step;

use async_graphql::{ID, MergedObject};

use crate::{
    error::Result,
    graphql::{input::id_of, scalars::Long},
    sandbox::service::Which,
};

/// The slice's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct SandboxMutation(create::CreateMutation, step::StepMutation);

fn which(id: &ID, expected_version: Option<Long>) -> Result<Which> {
    let expected_version = expected_version.map(|version| version.0);
    Ok(Which { id: id_of("id", id)?, expected_version })
}
