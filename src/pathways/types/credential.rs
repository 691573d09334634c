//! The credentials that pathways lead to.

use entity::{
    id::{PathwayCredentialId, PathwayId},
    pathway_credential::{Column, Entity},
};

use super::Pathway;
use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    object, order,
    roster::types::{District, RecordStatus},
    tracked,
};

filter! {
    pub PathwayCredentialWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of PathwayCredentialId,
        /// The pathway.
        pathway: IdFilter => PathwayId of PathwayId,
        /// What it is called.
        name: StringFilter => Name,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PathwayCredentialOrder, PathwayCredentialOrderField on Entity as Column {
        /// By what it is called.
        Name,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A certificate, licence or degree that a pathway leads to.
    pub PathwayCredential(Entity) is PathwayCredentialId, needs Scope::PathwaysRead, by PathwayCredentialWhere, PathwayCredentialOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let credential = graph.node::<PathwayCredential>();
    credential.column("id", |row| Key(row.id), "The global id.");
    credential.column("name", |row| row.name.clone(), "What it is called.");
    credential.column("issuer", |row| row.issuer.clone(), "Who awards it.");
    credential.column(
        "status",
        |row| RecordStatus::from(row.status),
        "Whether the pathway still leads to it.",
    );
    credential.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district.",
    );
    credential.belongs_to::<Pathway>("pathway", |row| Some(row.pathway_id.into()), "The pathway.");
    credential.external_ids();
    tracked!(credential);
    graph.object::<Pathway>().has_many::<PathwayCredential>(
        "credentials",
        Column::PathwayId,
        |row| row.id.into(),
        "The credentials that it leads to.",
    );
}
