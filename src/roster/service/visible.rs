//! Who sees which rows of the roster.

use entity::{district, placement, school, student};
use sea_orm::{ColumnTrait, Condition, sea_query::Expr};
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    store::{Visible, affiliation},
};

/// Rows of a district: its own clients and the platform see them, partners do not.
fn of_district<C: ColumnTrait>(caller: &Caller, district: C) -> Condition {
    match caller.tenant {
        Tenant::Platform => Condition::all(),
        Tenant::District(id) => Condition::all().add(district.eq(id)),
        Tenant::Partner(_) => Condition::all().add(Expr::val(false)),
    }
}

/// A partner sees the districts that it has an agreement with.
impl Visible for district::Entity {
    const NOUN: &'static str = "district";

    fn visible(caller: &Caller) -> Condition {
        match caller.tenant {
            Tenant::Partner(partner) => Condition::all().add(
                district::Column::Id
                    .in_subquery(affiliation::districts_of(partner, caller.today())),
            ),
            _ => of_district(caller, district::Column::Id),
        }
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        district::Column::Id
    }
}

impl Visible for school::Entity {
    const NOUN: &'static str = "school";

    fn visible(caller: &Caller) -> Condition {
        of_district(caller, school::Column::DistrictId)
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        school::Column::Id
    }
}

/// A partner sees the students whose placements it sees.
impl Visible for student::Entity {
    const NOUN: &'static str = "student";

    fn visible(caller: &Caller) -> Condition {
        match caller.tenant {
            Tenant::Partner(partner) => {
                let column = placement::Column::StudentId;
                let placed = affiliation::of_placements(partner, caller.today(), column);
                Condition::all().add(student::Column::Id.in_subquery(placed))
            }
            _ => of_district(caller, student::Column::DistrictId),
        }
    }

    fn id(row: &Self::Model) -> Uuid {
        row.id.into()
    }

    fn id_column() -> Self::Column {
        student::Column::Id
    }
}
