//! Schools.

use entity::{id::SchoolId, school};

use super::{District, RecordStatus, RecordStatusFilter};
use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    object, order, tracked,
};

filter! {
    pub SchoolWhere on school::Entity as school::Column {
        /// The global id.
        id: IdFilter => Id of SchoolId,
        /// The name.
        name: StringFilter => Name,
        /// Whether it is in use.
        status: RecordStatusFilter => Status,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub SchoolOrder, SchoolOrderField on school::Entity as school::Column {
        /// By name.
        Name,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A school of a district.
    pub School(school::Entity) is SchoolId, needs Scope::RosterRead, by SchoolWhere, SchoolOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let school = graph.node::<School>();
    school.column("id", |row| Key(row.id), "The global id.");
    school.column("name", |row| row.name.clone(), "The name.");
    school.column(
        "identifier",
        |row| row.identifier.clone(),
        "The number under which the NCES or the state knows it.",
    );
    school.column("status", |row| RecordStatus::from(row.status), "Whether it is in use.");
    school.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district it belongs to.",
    );
    school.external_ids();
    tracked!(school);
    graph.object::<District>().has_many::<School>(
        "schools",
        school::Column::DistrictId,
        |row| row.id.into(),
        "Its schools.",
    );
}
