//! All occupations and clusters of a release, at hand in memory.

use std::collections::{BTreeMap, HashMap};

use entity::{
    career_cluster::ClusterFramework,
    id::{CareerClusterId, OccupationId},
    reference_release,
    riasec::Riasec,
};

/// An occupation of the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOccupation {
    /// Its id, the same in every release.
    pub id: OccupationId,
    /// Its O*NET-SOC code.
    pub code: String,
    /// What the release calls it.
    pub title: String,
    /// How much preparation it takes, from 1 to 5.
    pub job_zone: Option<i32>,
    /// Its six scores, 1.00 to 7.00 in hundredths; a tenth of the occupations have none.
    pub interests: Option<Riasec>,
    /// The places of its clusters in [`Catalogue::clusters`], of both frameworks.
    pub clusters: Vec<usize>,
}

/// A career cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCluster {
    /// Its id.
    pub id: CareerClusterId,
    /// The framework that it belongs to.
    pub framework: ClusterFramework,
    /// Its title in small letters and hyphens.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The places of its occupations in [`Catalogue::occupations`].
    pub occupations: Vec<usize>,
}

/// Where a cluster of 2002 went, by places in [`Catalogue::clusters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The older cluster.
    pub from: usize,
    /// The newer cluster.
    pub to: usize,
    /// Whether only a part of the older one went there.
    pub is_partial: bool,
}

/// One release of occupations, seen with one release of clusters. Both may be missing; then there
/// is nothing in it.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// The release of the occupations and their scores.
    pub onet: Option<reference_release::Model>,
    /// The release of the clusters.
    pub grouping: Option<reference_release::Model>,
    /// The occupations, by code.
    pub occupations: Vec<KnownOccupation>,
    /// The clusters, by framework and code.
    pub clusters: Vec<KnownCluster>,
    /// Where the clusters of 2002 went.
    pub map: Vec<Passage>,
    by_code: BTreeMap<String, usize>,
    by_id: HashMap<OccupationId, usize>,
}

impl Catalogue {
    /// Puts a catalogue together; `members` are clusters by id with the codes of their
    /// occupations, and `map` leads from cluster to cluster.
    #[must_use]
    pub fn new(
        mut occupations: Vec<KnownOccupation>,
        mut clusters: Vec<KnownCluster>,
        members: &[(CareerClusterId, String)],
        map: &[(CareerClusterId, CareerClusterId, bool)],
    ) -> Self {
        occupations.sort_by(|one, other| one.code.cmp(&other.code));
        clusters
            .sort_by(|one, other| (one.framework, &one.code).cmp(&(other.framework, &other.code)));
        let by_code: BTreeMap<_, _> = places(&occupations, |one| one.code.clone()).collect();
        let by_id = places(&occupations, |one| one.id).collect();
        let at: HashMap<_, _> = places(&clusters, |one| one.id).collect();
        for (cluster, code) in members {
            if let (Some(cluster), Some(occupation)) = (at.get(cluster), by_code.get(code)) {
                clusters[*cluster].occupations.push(*occupation);
                occupations[*occupation].clusters.push(*cluster);
            }
        }
        for one in &mut occupations {
            one.clusters.sort_unstable();
        }
        for one in &mut clusters {
            one.occupations.sort_unstable();
        }
        let passage = |(from, to, is_partial): &(_, _, bool)| {
            Some(Passage { from: *at.get(from)?, to: *at.get(to)?, is_partial: *is_partial })
        };
        let map = map.iter().filter_map(passage).collect();
        Self { onet: None, grouping: None, occupations, clusters, map, by_code, by_id }
    }

    /// The same, with the releases that it was made of.
    #[must_use]
    pub fn of_releases(
        self,
        onet: Option<reference_release::Model>,
        grouping: Option<reference_release::Model>,
    ) -> Self {
        Self { onet, grouping, ..self }
    }

    /// The occupation of this code.
    #[must_use]
    pub fn occupation(&self, code: &str) -> Option<&KnownOccupation> {
        self.by_code.get(code).map(|at| &self.occupations[*at])
    }

    /// The place of the occupation of this code.
    #[must_use]
    pub fn place_of(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// The occupation of this id.
    #[must_use]
    pub fn occupation_of(&self, id: OccupationId) -> Option<&KnownOccupation> {
        self.by_id.get(&id).map(|at| &self.occupations[*at])
    }

    /// The occupations that refine a SOC code, by code.
    pub fn refining<'c>(&'c self, soc: &str) -> impl Iterator<Item = &'c KnownOccupation> {
        let prefix = format!("{soc}.");
        let found = self.by_code.range(prefix.clone()..);
        let found = found.take_while(move |(code, _)| code.starts_with(&prefix));
        found.map(|(_, at)| &self.occupations[*at])
    }

    /// The place of the cluster of this code.
    #[must_use]
    pub fn cluster(&self, framework: ClusterFramework, code: &str) -> Option<usize> {
        let order = |one: &KnownCluster| (one.framework, one.code.as_str()).cmp(&(framework, code));
        self.clusters.binary_search_by(order).ok()
    }

    /// The place of the cluster of this id.
    #[must_use]
    pub fn cluster_of(&self, id: CareerClusterId) -> Option<usize> {
        self.clusters.iter().position(|one| one.id == id)
    }

    /// The clusters of a framework, by code, each with its place.
    pub fn clusters_of(
        &self,
        framework: ClusterFramework,
    ) -> impl Iterator<Item = (usize, &KnownCluster)> {
        self.clusters.iter().enumerate().filter(move |(_, one)| one.framework == framework)
    }

    /// The occupations that have scores.
    pub fn scored(&self) -> impl Iterator<Item = (&KnownOccupation, Riasec)> {
        self.occupations.iter().filter_map(|one| Some((one, one.interests?)))
    }
}

fn places<T, K>(rows: &[T], key: impl Fn(&T) -> K) -> impl Iterator<Item = (K, usize)> {
    rows.iter().enumerate().map(move |(at, row)| (key(row), at))
}
