//! Career clusters: those of 2024, where those of 2002 went, and the occupations in them.
//!
//! O*NET lists occupations by the clusters of 2002. From there an occupation is carried over to a
//! cluster of 2024 where that takes no choice: where the older cluster went to one newer cluster as a
//! whole. Of the older clusters one was dissolved; a map that names a single heir for it is no more
//! than an opinion, and so its way counts as a part, as in our own compilation.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::career_cluster::ClusterFramework;

use super::{
    LoadOptions,
    folder::{Folder, Wanted},
    report::Findings,
    sample,
    sheet::{Form, Row, Sheet},
    title,
};
use crate::{
    bulk::import::Progress,
    reference::{
        rules::codes::{cluster_code, is_onet_soc},
        service::load::{NewCluster, NewClusters, NewMember, NewPassage, NewRelease},
    },
};

const LIST: &str = "list";
const MAP: &str = "map";
const MEMBERS: &str = "members";

/// The files of a release.
pub const FILES: [Wanted; 3] = [
    Wanted {
        role: LIST,
        is_named: |name| name == "clusters.tsv",
        name: "clusters.tsv",
        is_required: true,
    },
    Wanted {
        role: MAP,
        is_named: |name| name == "legacy16_to_14.tsv",
        name: "legacy16_to_14.tsv",
        is_required: true,
    },
    Wanted {
        role: MEMBERS,
        is_named: |name| matches!(name, "onet_16_clusters_by_soc.csv" | "all_career_clusters.csv"),
        name: "onet_16_clusters_by_soc.csv",
        is_required: false,
    },
];

const CLUSTER: &str = "cluster";
const CROSS_CUTTING: &str = "cross_cutting";
const LEGACY: &str = "legacy_cluster_16";
const HEIR: &str = "cluster_14";
const EXTENT: &str = "extent";
const CAREER_CLUSTER: &str = "Career Cluster";
const CODE: &str = "Code";

/// The month in which the framework of 2024 came out.
const PUBLISHED: Option<NaiveDate> = NaiveDate::from_ymd_opt(2024, 10, 1);

/// The clusters on their way out of their files.
struct Reading<'r> {
    new: NewClusters,
    known: BTreeSet<(ClusterFramework, String)>,
    findings: &'r mut Findings,
    progress: &'r dyn Progress,
}

/// Reads a release.
pub fn read(
    folder: &Folder,
    options: &LoadOptions,
    findings: &mut Findings,
    progress: &dyn Progress,
) -> Option<(NewRelease, NewClusters)> {
    let (new, known) = (NewClusters::default(), BTreeSet::new());
    let mut reading = Reading { new, known, findings, progress };
    reading.list(folder)?;
    reading.map(folder)?;
    reading.members(folder);
    let new = reading.finish();
    Some((options.release("2024".to_owned(), PUBLISHED?), new))
}

impl Reading<'_> {
    fn list(&mut self, folder: &Folder) -> Option<()> {
        let sheet = self.sheet(folder, LIST, Form::Tabs, &[CLUSTER], &[CROSS_CUTTING])?;
        for row in sheet.rows() {
            let Some(title) = title::of(&row, CLUSTER, self.findings) else { continue };
            let is_cross_cutting = match row.get(CROSS_CUTTING) {
                "" => None,
                "true" => Some(true),
                "false" => Some(false),
                _ => {
                    let reason = "true or false is expected";
                    self.findings.refuse(row.refusal(CROSS_CUTTING, "INVALID_FORMAT", reason));
                    continue;
                }
            };
            if !self.add(ClusterFramework::Fourteen, title, is_cross_cutting) {
                let reason = "an earlier row has this cluster";
                self.findings.refuse(row.refusal(CLUSTER, "DUPLICATE", reason));
            }
        }
        Some(())
    }

    fn sheet<'f>(
        &mut self,
        folder: &'f Folder,
        role: &str,
        form: Form,
        required: &[&'static str],
        optional: &[&'static str],
    ) -> Option<Sheet<'f>> {
        let file = folder.file(role)?;
        let (name, text) = (&file.name, &file.text);
        Sheet::read(name, text, form, required, optional, self.findings, self.progress)
    }

    /// Adds a cluster unless it is there.
    fn add(&mut self, framework: ClusterFramework, title: String, cuts: Option<bool>) -> bool {
        let code = cluster_code(&title);
        let is_new = self.known.insert((framework, code.clone()));
        if is_new {
            self.new.clusters.push(NewCluster { framework, code, title, is_cross_cutting: cuts });
        }
        is_new
    }

    fn map(&mut self, folder: &Folder) -> Option<()> {
        let sheet = self.sheet(folder, MAP, Form::Tabs, &[LEGACY, HEIR], &[EXTENT])?;
        for row in sheet.rows() {
            let legacy = title::of(&row, LEGACY, self.findings);
            let heir = self.cluster(&row, HEIR, row.get(HEIR), ClusterFramework::Fourteen);
            let (Some(legacy), Some(to)) = (legacy, heir) else { continue };
            let from = cluster_code(&legacy);
            let is_partial = match row.get(EXTENT) {
                "" => sample::dissolves(&from),
                "whole" => false,
                "part" => true,
                _ => {
                    let reason = "whole or part is expected";
                    self.findings.refuse(row.refusal(EXTENT, "INVALID_FORMAT", reason));
                    continue;
                }
            };
            self.add(ClusterFramework::Sixteen, legacy, None);
            if self.new.map.iter().any(|one| one.from == from && one.to == to) {
                let reason = "an earlier row leads from this cluster to that one";
                self.findings.refuse(row.refusal(HEIR, "DUPLICATE", reason));
                continue;
            }
            self.new.map.push(NewPassage { from, to, is_partial });
        }
        Some(())
    }

    /// The code of a cluster that an earlier file lists.
    fn cluster(
        &mut self,
        row: &Row<'_>,
        column: &str,
        title: &str,
        framework: ClusterFramework,
    ) -> Option<String> {
        let code = cluster_code(title);
        if self.known.contains(&(framework, code.clone())) {
            return Some(code);
        }
        let reason = format!("no cluster of {} has this title", framework.version());
        self.findings.refuse(row.refusal(column, "REFERENCE_NOT_FOUND", reason));
        None
    }

    /// An occupation stands in several clusters, joined by semicolons, some of them twice.
    fn members(&mut self, folder: &Folder) {
        let required = [CAREER_CLUSTER, CODE];
        let sheet = self.sheet(folder, MEMBERS, Form::Commas, &required, &[]);
        if folder.file(MEMBERS).is_none() {
            self.findings
                .note("no list of occupations by cluster: clusters are without occupations");
        }
        let mut members = BTreeSet::new();
        for row in sheet.iter().flat_map(Sheet::rows) {
            let expected = "an O*NET-SOC code as 29-1141.00";
            let code = row.formed(CODE, is_onet_soc, expected, self.findings);
            let mut here = BTreeSet::new();
            for title in row.get(CAREER_CLUSTER).split(';') {
                let framework = ClusterFramework::Sixteen;
                here.extend(self.cluster(&row, CAREER_CLUSTER, title, framework));
            }
            let Some(code) = code else { continue };
            for cluster in here {
                members.insert(member(ClusterFramework::Sixteen, cluster, code));
            }
        }
        self.new.members = members.into_iter().collect();
    }

    fn finish(self) -> NewClusters {
        let Self { mut new, findings, .. } = self;
        let heirs = sole_heirs(&new.map);
        let carried = new.members.iter().filter_map(|one| {
            let heir = heirs.get(&one.cluster)?.clone();
            Some(member(ClusterFramework::Fourteen, heir, &one.occupation))
        });
        let carried: BTreeSet<_> = carried.collect();
        let placed = |members: &mut dyn Iterator<Item = &NewMember>| {
            members.map(|one| one.occupation.clone()).collect::<BTreeSet<_>>()
        };
        let (before, after) = (placed(&mut new.members.iter()), placed(&mut carried.iter()));
        let of = |framework| new.clusters.iter().filter(|one| one.framework == framework).count();
        findings.count("clusters of 2002", of(ClusterFramework::Sixteen));
        findings.count("clusters of 2024", of(ClusterFramework::Fourteen));
        findings.count("ways between them", new.map.len());
        findings.count("occupations in clusters of 2002", before.len());
        findings.count("occupations in clusters of 2024", after.len());
        let lost = before.difference(&after).count();
        if lost > 0 {
            findings.note(format!(
                "{lost} occupations have no cluster of 2024: theirs has no single heir there"
            ));
        }
        new.members.extend(carried);
        new
    }
}

/// For each cluster of 2002 the one of 2024 that took it over as a whole.
fn sole_heirs(map: &[NewPassage]) -> BTreeMap<String, String> {
    let alone = |one: &&NewPassage| map.iter().filter(|other| other.from == one.from).count() == 1;
    let whole = map.iter().filter(|one| !one.is_partial).filter(alone);
    whole.map(|one| (one.from.clone(), one.to.clone())).collect()
}

/// An occupation in a cluster.
pub fn member(framework: ClusterFramework, cluster: String, occupation: &str) -> NewMember {
    NewMember { framework, cluster, occupation: occupation.to_owned() }
}
