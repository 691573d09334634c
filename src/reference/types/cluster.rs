//! Career clusters.

use async_graphql::Enum;
use entity::{
    career_cluster,
    id::{CareerClusterId, ReferenceReleaseId},
};

use super::ReferenceRelease;
use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateTimeFilter, IdFilter, StringFilter},
        leaf::Key,
        object::Graph,
    },
    leaf_enums, object, order, tracked,
};

/// A framework of career clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "career_cluster::ClusterFramework")]
pub enum CareerClusterFramework {
    /// The sixteen clusters of 2002, which most systems of states still ask for.
    #[graphql(name = "CAREER_CLUSTERS_2002")]
    Sixteen,
    /// The fourteen clusters of 2024.
    #[graphql(name = "CAREER_CLUSTERS_2024")]
    Fourteen,
}

leaf_enums!(CareerClusterFramework);
enum_filter!(pub CareerClusterFrameworkFilter of CareerClusterFramework as career_cluster::ClusterFramework);

filter! {
    pub CareerClusterWhere on career_cluster::Entity as career_cluster::Column {
        /// The global id.
        id: IdFilter => Id of CareerClusterId,
        /// The framework that it belongs to.
        framework: CareerClusterFrameworkFilter => Framework,
        /// Its code, as `health-science`.
        code: StringFilter => Code,
        /// What it is called.
        title: StringFilter => Title,
        /// The newest release that lists it.
        release: IdFilter => ReleaseId of ReferenceReleaseId,
        /// When it last changed.
        updated_at: DateTimeFilter => UpdatedAt,
    }
}

order! {
    pub CareerClusterOrder, CareerClusterOrderField on career_cluster::Entity as career_cluster::Column {
        /// By the title.
        Title,
        /// By the last change.
        UpdatedAt,
    }
}

object! {
    /// A field of work, as schools group their programmes by it: a career cluster of one of the two
    /// frameworks. `crosswalk` leads from one framework to the other; the occupations of a cluster
    /// are `occupations(where: { cluster: { eq: … } })`.
    pub CareerCluster(career_cluster::Entity) is CareerClusterId, needs Scope::Any, by CareerClusterWhere, CareerClusterOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let cluster = graph.node::<CareerCluster>();
    cluster.column("id", |row| Key(row.id), "The global id.");
    cluster.column(
        "framework",
        |row| CareerClusterFramework::from(row.framework),
        "The framework that it belongs to.",
    );
    cluster.column(
        "code",
        |row| row.code.clone(),
        "Its title in small letters and hyphens, as `health-science`; unique in its framework. The \
         frameworks themselves number nothing.",
    );
    cluster.column("title", |row| row.title.clone(), "What it is called.");
    cluster.column(
        "isCrossCutting",
        |row| row.is_cross_cutting,
        "Whether it cuts across the others; null where the framework does not say.",
    );
    cluster.belongs_to::<ReferenceRelease>(
        "release",
        |row| Some(row.release_id.into()),
        "The newest release that lists it.",
    );
    tracked!(cluster);
}
