//! Who sees pathways: the district that owns them and the platform, and no partner.

use entity::{
    id::DistrictId, pathway, pathway_course, pathway_credential, pathway_definition,
    pathway_enrollment,
};
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
    pathway called "pathway";
    pathway_course called "course of a pathway";
    pathway_credential called "credential of a pathway";
    pathway_definition called "definition of pathway levels";
    pathway_enrollment called "enrollment on a pathway";
}
