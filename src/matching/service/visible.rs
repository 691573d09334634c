//! Who sees wishes and runs: the district and the platform. A partner that saw who wants to come
//! would choose before the district does.

use entity::{id::DistrictId, match_result, match_run, placement_preference};
use sea_orm::{ColumnTrait, Condition, sea_query::Expr};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    roster::service::owned::Owned,
    store::Visible,
};

macro_rules! visible {
    ($($table:ident called $noun:literal;)+) => {$(
        impl Visible for $table::Entity {
            const NOUN: &'static str = $noun;

            fn visible(caller: &Caller) -> Condition {
                match caller.tenant {
                    Tenant::Platform => Condition::all(),
                    Tenant::District(id) => {
                        Condition::all().add($table::Column::DistrictId.eq(id))
                    }
                    Tenant::Partner(_) => Condition::all().add(Expr::val(false)),
                }
            }

            fn id(row: &Self::Model) -> Uuid {
                row.id.into()
            }

            fn id_column() -> Self::Column {
                $table::Column::Id
            }
        }

        impl Owned for $table::Entity {
            fn district(row: &Self::Model) -> DistrictId {
                row.district_id
            }
        }
    )+};
}

visible! {
    placement_preference called "wish";
    match_run called "run of the matching";
    match_result called "result of a run";
}
