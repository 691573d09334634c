//! Districts.

use async_graphql::Enum;
use entity::{district, id::DistrictId};

use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
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

leaf_enums!(DistrictKind);

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

object! {
    /// A school district, college or consortium: it owns its students and everything about them.
    pub District(district::Entity) is DistrictId, needs Scope::RosterRead, by DistrictWhere, DistrictOrder
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
    district.column(
        "isSandbox",
        |row| row.is_sandbox,
        "Whether it is a sandbox: made-up people in a world of their own, thrown away when nobody \
         uses it.",
    );
    tracked!(district);
}
