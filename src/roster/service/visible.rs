//! Who sees which rows of the roster.
//!
//! A district sees what it owns and the platform sees everything. A partner sees the districts that
//! it has an agreement with, and there the students and coordinators of its placements.

use chrono::NaiveDate;
use entity::{
    academic_session, class, class_session, class_teacher, course, district, enrollment, guardian,
    guardianship,
    id::{DistrictId, PartnerId},
    placement, school, staff, student,
};
use sea_orm::{
    ColumnTrait, Condition,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;

use super::owned::Owned;
use crate::{
    auth::{Caller, Tenant},
    store::{Visible, affiliation},
};

/// Rows of a district: its own clients and the platform see them; partners, what `partner` says.
fn of_district<C: ColumnTrait>(
    caller: &Caller,
    district: C,
    partner: fn(PartnerId, NaiveDate) -> Condition,
) -> Condition {
    match caller.tenant {
        Tenant::Platform => Condition::all(),
        Tenant::District(id) => Condition::all().add(district.eq(id)),
        Tenant::Partner(id) => partner(id, caller.today()),
    }
}

fn nothing(_: PartnerId, _: NaiveDate) -> Condition {
    Condition::all().add(Expr::val(false))
}

fn affiliated(partner: PartnerId, today: NaiveDate) -> Condition {
    let districts = affiliation::districts_of(partner, today);
    Condition::all().add(district::Column::Id.in_subquery(districts))
}

fn placed(partner: PartnerId, today: NaiveDate) -> Condition {
    let column = placement::Column::StudentId;
    let students = affiliation::of_placements(partner, today, column);
    Condition::all().add(student::Column::Id.in_subquery(students))
}

fn coordinating(partner: PartnerId, today: NaiveDate) -> Condition {
    let column = placement::Column::CoordinatorId;
    let staff = affiliation::of_placements(partner, today, column);
    Condition::all().add(staff::Column::Id.in_subquery(staff))
}

macro_rules! visible {
    ($($table:ident called $noun:literal, of $district:ident, to partners $partner:ident;)+) => {$(
        impl Visible for $table::Entity {
            const NOUN: &'static str = $noun;

            fn visible(caller: &Caller) -> Condition {
                of_district(caller, $table::Column::$district, $partner)
            }

            fn id(row: &Self::Model) -> Uuid {
                row.id.into()
            }

            fn id_column() -> Self::Column {
                $table::Column::Id
            }
        }
    )+};
}

visible! {
    district called "district", of Id, to partners affiliated;
    school called "school", of DistrictId, to partners nothing;
    academic_session called "academic session", of DistrictId, to partners nothing;
    student called "student", of DistrictId, to partners placed;
    guardian called "guardian", of DistrictId, to partners nothing;
    guardianship called "guardianship", of DistrictId, to partners nothing;
    staff called "member of staff", of DistrictId, to partners coordinating;
    course called "course", of DistrictId, to partners nothing;
    class called "class", of DistrictId, to partners nothing;
    enrollment called "enrollment", of DistrictId, to partners nothing;
}

macro_rules! owned {
    ($($table:ident),+) => {$(
        impl Owned for $table::Entity {
            fn district(row: &Self::Model) -> DistrictId {
                row.district_id
            }
        }
    )+};
}

owned!(school, academic_session, student, guardian, guardianship, staff, course, class, enrollment);

/// The classes that the caller may see.
fn classes(caller: &Caller) -> SelectStatement {
    Query::select()
        .column(class::Column::Id)
        .from(class::Entity)
        .cond_where(class::Entity::visible(caller))
        .to_owned()
}

/// What joins a class to its sessions and teachers is seen with the class, and found by it.
macro_rules! of_class {
    ($($table:ident called $noun:literal;)+) => {$(
        impl Visible for $table::Entity {
            const NOUN: &'static str = $noun;

            fn visible(caller: &Caller) -> Condition {
                match caller.tenant {
                    Tenant::Platform => Condition::all(),
                    _ => {
                        let class = $table::Column::ClassId;
                        Condition::all().add(class.in_subquery(classes(caller)))
                    }
                }
            }

            fn id(row: &Self::Model) -> Uuid {
                row.class_id.into()
            }

            fn id_column() -> Self::Column {
                $table::Column::ClassId
            }
        }
    )+};
}

of_class! {
    class_session called "session of a class";
    class_teacher called "teacher of a class";
}
