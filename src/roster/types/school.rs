//! Districts and schools.

use async_graphql::Enum;
use entity::{district, id::DistrictId, id::SchoolId, school, status, student};

use super::Student;
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        object::Graph,
        scalars::Key,
    },
    leaf_enums, object, order, tracked,
};

/// What kind of institution a district is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "district::DistrictKind")]
pub enum DistrictKind {
    /// A school district.
    District,
    /// A college or university.
    College,
    /// Several districts that run programmes together.
    Consortium,
}

/// Whether a record is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "status::RecordStatus")]
pub enum RecordStatus {
    /// In use.
    Active,
    /// No longer in use; kept for the history.
    Retired,
}

leaf_enums!(DistrictKind, RecordStatus);
enum_filter!(pub RecordStatusFilter of RecordStatus as status::RecordStatus);

filter! {
    pub DistrictWhere on district::Entity as district::Column {
        /// The global id.
        id: IdFilter => Id of DistrictId,
        /// The short name in addresses and commands.
        slug: StringFilter => Slug,
    }
}

order! {
    pub DistrictOrder, DistrictOrderField on district::Entity as district::Column {
        /// By the short name.
        Slug,
    }
}

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
    }
}

object! {
    /// A school district, college or consortium: it owns its students and everything about them.
    pub District(district::Entity) is DistrictId, needs Scope::RosterRead, by DistrictWhere, DistrictOrder
}

object! {
    /// A school of a district.
    pub School(school::Entity) is SchoolId, needs Scope::RosterRead, by SchoolWhere, SchoolOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let district = graph.node::<District>();
    district.column("id", |row| Key(row.id), "The global id.");
    district.column("slug", |row| row.slug.clone(), "The short name in addresses and commands.");
    district.column("name", |row| row.name.clone(), "The full name.");
    district.column("kind", |row| DistrictKind::from(row.kind), "What kind of institution it is.");
    district.column(
        "identifier",
        |row| row.identifier.clone(),
        "The number under which the NCES knows it.",
    );
    district.column("timeZone", |row| row.time_zone.clone(), "The IANA time zone of its calendar.");
    district.has_many::<School>(
        "schools",
        school::Column::DistrictId,
        |row| row.id.into(),
        "Its schools.",
    );
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
    school.has_many::<Student>(
        "students",
        student::Column::SchoolId,
        |row| row.id.into(),
        "The students who attend it.",
    );
    school.external_ids();
    tracked!(school);
}
