//! Releases of reference data.

use async_graphql::Enum;
use entity::{id::ReferenceReleaseId, reference_release};

use crate::{
    auth::Scope,
    enum_filter, filter,
    graphql::{
        filter::{DateFilter, IdFilter},
        leaf::Key,
        object::{Declaration, Graph},
    },
    leaf_enums, object, order, tracked,
};

/// What a release is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "reference_release::ReferenceDataset")]
pub enum ReferenceDataset {
    /// Occupations of the O*NET database with their interest scores.
    Onet,
    /// Career clusters of both frameworks, the map between them, and the occupations in each.
    CareerClusters,
    /// The crosswalk between programmes of study (CIP) and occupations (SOC).
    CipSoc,
}

leaf_enums!(ReferenceDataset);
enum_filter!(pub ReferenceDatasetFilter of ReferenceDataset as reference_release::ReferenceDataset);

filter! {
    pub ReferenceReleaseWhere on reference_release::Entity as reference_release::Column {
        /// The global id.
        id: IdFilter => Id of ReferenceReleaseId,
        /// What it is a release of.
        dataset: ReferenceDatasetFilter => Dataset,
        /// The day of its publication.
        released_on: DateFilter => ReleasedOn,
    }
}

order! {
    pub ReferenceReleaseOrder, ReferenceReleaseOrderField on reference_release::Entity as reference_release::Column {
        /// By the day of the publication.
        ReleasedOn,
    }
}

object! {
    /// One state of a body of reference data, as its publisher released it. A release never
    /// changes; older ones stay for what was derived from them. Reference data belong to nobody in
    /// particular and are not in the log of changes.
    pub ReferenceRelease(reference_release::Entity) is ReferenceReleaseId, needs Scope::Any, by ReferenceReleaseWhere, ReferenceReleaseOrder
}

pub(super) fn declare(graph: &mut Graph) {
    let release = graph.node::<ReferenceRelease>();
    release.column("id", |row| Key(row.id), "The global id.");
    release.column(
        "dataset",
        |row| ReferenceDataset::from(row.dataset),
        "What it is a release of.",
    );
    release.column(
        "name",
        |row| row.name.clone(),
        "What its publisher calls it, as `30.3`, or else the month of its data, as `2026-02`; \
         unique in the dataset.",
    );
    release.column(
        "releasedOn",
        |row| row.released_on,
        "The day of the publication; the first of the month or year where no more is known.",
    );
    declare_terms(release);
    declare_standing(release);
    tracked!(release);
}

fn declare_terms(release: &mut Declaration<ReferenceRelease>) {
    release.column("source", |row| row.source.clone(), "Where it is published.");
    release.column("licence", |row| row.licence.clone(), "The terms under which it may be used.");
    release.column(
        "attribution",
        |row| row.attribution.clone(),
        "What its terms ask you to say wherever you show the data.",
    );
    release.column(
        "cipVersion",
        |row| row.cip_version.clone(),
        "The edition of the CIP in a crosswalk, as `2020`.",
    );
    release.column(
        "socVersion",
        |row| row.soc_version.clone(),
        "The edition of the SOC in a crosswalk, as `2018`.",
    );
}

fn declare_standing(release: &mut Declaration<ReferenceRelease>) {
    release.column(
        "isCurrent",
        |row| row.is_current,
        "Whether it is the newest of its dataset, which answers are drawn from.",
    );
    release.column(
        "isSample",
        |row| row.is_sample,
        "Whether it is the small compilation that the server brings along for trying it out, and no \
         official release.",
    );
}
