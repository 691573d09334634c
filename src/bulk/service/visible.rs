//! Who sees which jobs.

use entity::job;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    store::Visible,
};

/// Another client of the same tenant may have fewer scopes, and would find in the files what it
/// may not read itself.
impl Visible for job::Entity {
    const NOUN: &'static str = "job";

    fn visible(caller: &Caller) -> Condition {
        match caller.tenant {
            Tenant::Platform => Condition::all(),
            Tenant::District(_) | Tenant::Partner(_) => {
                Condition::all().add(job::Column::ClientId.eq(caller.client))
            }
        }
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        job::Column::Id
    }
}
