//! What can be written about placements.

mod hours;
mod placement;
mod step;
mod time_entry;

use async_graphql::{ID, MergedObject};
use entity::id::DistrictId;
use uuid::Uuid;

pub use self::{hours::TimeEntryMutation, placement::PlacementMutation};

use crate::{
    auth::{Caller, Tenant},
    error::{Error, Problem, Result},
    graphql::{
        external::{ExternalIdInput, KeyInput},
        input::{district, id_of},
        synced::Home,
    },
    store::RowKey,
};

/// The slice's part of the mutations.
#[derive(Debug, Default, MergedObject)]
pub struct PlacementsMutation(
    PlacementMutation,
    step::PlacementStepMutation,
    TimeEntryMutation,
    time_entry::TimeEntryStepMutation,
);

/// Whose external ids a batch goes by, and the district that it is written for.
///
/// A partner client writes for all its districts at once, each row for that of its student.
#[derive(Debug, Clone, Copy)]
pub struct Tenancy {
    keys: Uuid,
    district: Option<DistrictId>,
}

impl Home for Tenancy {
    fn of(caller: &Caller, named: Option<&ID>) -> Result<Self> {
        match caller.tenant {
            Tenant::Partner(id) => {
                let district = named.map(|id| id_of("districtId", id)).transpose()?;
                Ok(Self { keys: id.into(), district })
            }
            Tenant::District(_) | Tenant::Platform => {
                let district = district(caller, named)?;
                Ok(Self { keys: district.into(), district: Some(district) })
            }
        }
    }

    fn keys(&self) -> Result<Uuid> {
        Ok(self.keys)
    }
}

/// The key that another system has for a new object.
fn key_of(external: Option<ExternalIdInput>) -> Result<Option<RowKey>> {
    let without_key = |mut problem: Problem| {
        problem.path.remove(0);
        Error::from(problem)
    };
    external.map(|key| KeyInput::ExternalId(key).key("").map_err(without_key)).transpose()
}

/// The draft of an input, or everything that is wrong with its form.
fn read<D>(draft: Result<D, Vec<Problem>>) -> Result<D> {
    draft.map_err(|problems| {
        Error::Invalid(problems.into_iter().map(|problem| problem.under(&["input"])).collect())
    })
}
