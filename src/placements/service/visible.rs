//! Who sees which placements and hours.

use entity::{placement, time_entry};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    store::{Visible, affiliation},
};

/// A district sees its own placements, a partner its own wherever its agreement is in force.
impl Visible for placement::Entity {
    const NOUN: &'static str = "placement";

    fn visible(caller: &Caller) -> Condition {
        match caller.tenant {
            Tenant::Platform => Condition::all(),
            Tenant::District(id) => Condition::all().add(placement::Column::DistrictId.eq(id)),
            Tenant::Partner(id) => affiliation::placements_of(id, caller.today()),
        }
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        placement::Column::Id
    }
}

/// Hours follow their placement.
impl Visible for time_entry::Entity {
    const NOUN: &'static str = "time entry";

    fn visible(caller: &Caller) -> Condition {
        use time_entry::Column::{DistrictId, PartnerId};
        match caller.tenant {
            Tenant::Platform => Condition::all(),
            Tenant::District(id) => Condition::all().add(DistrictId.eq(id)),
            Tenant::Partner(id) => {
                let districts = affiliation::districts_of(id, caller.today());
                Condition::all().add(PartnerId.eq(id)).add(DistrictId.in_subquery(districts))
            }
        }
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        time_entry::Column::Id
    }
}
