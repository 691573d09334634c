//! Pathways.

use entity::{
    id::{CareerClusterId, PathwayId},
    pathway::{Column, Entity},
};

use crate::{
    auth::Scope,
    filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    object, order,
    reference::types::CareerCluster,
    roster::types::{District, RecordStatus},
    tracked,
};

filter! {
    pub PathwayWhere on Entity as Column {
        /// The global id.
        id: IdFilter => Id of PathwayId,
        /// What it is called.
        name: StringFilter => Name,
        /// The code in the catalogue.
        code: StringFilter => Code,
        /// The career cluster that it belongs to.
        cluster: IdFilter => ClusterId of CareerClusterId,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub PathwayOrder, PathwayOrderField on Entity as Column {
        /// By what it is called.
        Name,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A career pathway: a programme of study of a district that leads to a field of work. CEDS and
    /// the Perkins Act call it a CTE program or program of study.
    pub Pathway(Entity) is PathwayId, needs Scope::PathwaysRead, by PathwayWhere, PathwayOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let pathway = graph.node::<Pathway>();
    pathway.column("id", |row| Key(row.id), "The global id.");
    pathway.column("name", |row| row.name.clone(), "What it is called.");
    pathway.column("code", |row| row.code.clone(), "The code in the catalogue.");
    pathway.column(
        "cipCode",
        |row| row.cip_code.clone(),
        "The programme of study by the Classification of Instructional Programs, as `51.3801`.",
    );
    pathway.column("description", |row| row.description.clone(), "What it is about.");
    pathway.column(
        "wblMinutes",
        |row| row.wbl_minutes,
        "Minutes of work-based learning that it asks for; null when it asks for none.",
    );
    pathway.column("status", |row| RecordStatus::from(row.status), "Whether it is offered.");
    pathway.belongs_to::<District>(
        "district",
        |row| Some(row.district_id.into()),
        "The district that offers it.",
    );
    pathway.belongs_to::<CareerCluster>(
        "cluster",
        |row| Some(row.cluster_id.into()),
        "The career cluster that it belongs to.",
    );
    pathway.external_ids();
    tracked!(pathway);
    graph.object::<District>().has_many::<Pathway>(
        "pathways",
        Column::DistrictId,
        |row| row.id.into(),
        "The career pathways that it offers.",
    );
}
