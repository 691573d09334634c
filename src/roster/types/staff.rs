//! Staff.

use async_graphql::Enum;
use entity::{
    id::{SchoolId, StaffId},
    staff,
};

use super::{District, PersonStatus, PersonStatusFilter, School};
use crate::{
    auth::{Class, Scope},
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order, tracked,
};

/// What a member of staff does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "staff::StaffKind")]
pub enum StaffKind {
    /// Guides students in their choices.
    Counselor,
    /// Runs work-based learning.
    Coordinator,
    /// Teaches classes.
    Teacher,
    /// Leads or administers.
    Administrator,
    /// Anything else.
    Other,
}

leaf_enums!(StaffKind);

filter! {
    pub StaffWhere on staff::Entity as staff::Column {
        /// The global id.
        id: IdFilter => Id of StaffId,
        /// The school they belong to.
        school: IdFilter => SchoolId of SchoolId,
        /// The family name.
        family_name: StringFilter => FamilyName,
        /// Whether they still take part.
        status: PersonStatusFilter => Status,
        /// When the record last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub StaffOrder, StaffOrderField on staff::Entity as staff::Column {
        /// By family name.
        FamilyName,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A counselor, coordinator, teacher or administrator of a district.
    pub Staff(staff::Entity) is StaffId, needs Scope::RosterRead, by StaffWhere, StaffOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let staff = graph.node::<Staff>();
    staff.column("id", |row| Key(row.id), "The global id.");
    staff
        .column("givenName", |row| row.given_name.clone(), "The first name.")
        .business_pii(Class::Name);
    staff
        .column("familyName", |row| row.family_name.clone(), "The family name.")
        .business_pii(Class::Name);
    staff
        .column("email", |row| row.email.clone(), "The address at work.")
        .business_pii(Class::Contact);
    staff.column("kind", |row| StaffKind::from(row.kind), "What the person does.");
    staff.column(
        "status",
        |row| PersonStatus::from(row.status),
        "Whether the person still takes part.",
    );
    staff.belongs_to::<District>("district", |row| Some(row.district_id.into()), "The district.");
    staff.belongs_to::<School>(
        "school",
        |row| row.school_id.map(Into::into),
        "The school the person belongs to; null for who serves the whole district.",
    );
    staff.external_ids();
    tracked!(staff);
    graph.object::<District>().has_many::<Staff>(
        "staff",
        staff::Column::DistrictId,
        |row| row.id.into(),
        "Its counselors, coordinators, teachers and administrators.",
    );
    graph.object::<School>().has_many::<Staff>(
        "staff",
        staff::Column::SchoolId,
        |row| row.id.into(),
        "The people who belong to it.",
    );
}
