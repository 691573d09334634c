//! Who sees which sandboxes: the tenant that made them.

use entity::sandbox::{Column, Entity, Model};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    store::Visible,
};

impl Visible for Entity {
    const NOUN: &'static str = "sandbox";

    fn visible(caller: &Caller) -> Condition {
        match caller.tenant {
            Tenant::Platform => Condition::all(),
            Tenant::District(id) => Condition::all().add(Column::OwnerDistrictId.eq(id)),
            Tenant::Partner(id) => Condition::all().add(Column::OwnerPartnerId.eq(id)),
        }
    }

    fn id(row: &Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Column {
        Column::Id
    }
}
