//! The compilation that the program brings along: enough to look around without any download.
//!
//! All clusters of both frameworks and where they went, some eighty occupations over all of them and
//! over all six areas of interest, and some fifty programmes of study with all occupations that they
//! prepare for. Facts only: codes, titles, scores. They are taken from the O*NET database of February
//! 2026, by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA), under
//! CC BY 4.0, and from the CIP-SOC crosswalk of the NCES, which is in the public domain. Which of the
//! clusters of 2024 an occupation stands in is our own reading.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use entity::{
    career_cluster::ClusterFramework, reference_release::ReferenceDataset, riasec::Riasec,
};

use super::{clusters::member, onet::hundredths, release::release};
use crate::{
    app::App,
    error::Result,
    reference::{
        rules::codes::cluster_code,
        service::load::{
            self, Loaded, NewCipSoc, NewCluster, NewClusters, NewMember, NewOccupation, NewPassage,
            NewRelease,
        },
    },
};

/// Grows with each change of the compilation: a release never changes.
const NAME: &str = "sample-1";

const OCCUPATIONS: &str = include_str!("sample/occupations.tsv");
const CLUSTERS: &str = include_str!("sample/clusters.tsv");
const MAP: &str = include_str!("sample/map.tsv");
const CIP_SOC: &str = include_str!("sample/cip_soc.tsv");

/// Loads the compilation as a release of each dataset.
pub async fn load(app: &App) -> Result<[Loaded; 3]> {
    let onet = load::onet(app, &sample(ReferenceDataset::Onet), &occupations()).await?;
    let grouping = sample(ReferenceDataset::CareerClusters);
    let grouping = load::clusters(app, &grouping, &clusters()).await?;
    let bridge = NewRelease {
        cip_version: Some("2020".to_owned()),
        soc_version: Some("2018".to_owned()),
        ..sample(ReferenceDataset::CipSoc)
    };
    let bridge = load::cip_soc(app, &bridge, &cip_soc()).await?;
    Ok([onet, grouping, bridge])
}

/// Whether the framework of 2024 dissolved this cluster of 2002, so that it has no single heir.
pub(super) fn dissolves(legacy: &str) -> bool {
    let mut ways = rows(MAP).filter(|cells| cluster_code(cells[0]) == legacy);
    ways.any(|cells| cells[2] == "part")
}

fn sample(dataset: ReferenceDataset) -> NewRelease {
    let day = NaiveDate::from_ymd_opt(2026, 2, 1).unwrap_or_default();
    NewRelease { is_sample: true, ..release(dataset, NAME.to_owned(), day) }
}

/// The rows below the header; a test holds them to the header's length.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().skip(1).map(|line| line.split('\t').collect())
}

fn occupations() -> Vec<NewOccupation> {
    let occupation = |cells: Vec<&str>| {
        let scores: Option<Vec<_>> = cells[2..8].iter().map(|cell| hundredths(cell)).collect();
        NewOccupation {
            code: cells[0].to_owned(),
            title: cells[1].to_owned(),
            job_zone: None,
            interests: scores.and_then(|scores| scores.try_into().ok()).map(Riasec),
        }
    };
    rows(OCCUPATIONS).map(occupation).collect()
}

fn clusters() -> NewClusters {
    let cluster = |cells: Vec<&str>| NewCluster {
        framework: match cells[0] {
            "2002" => ClusterFramework::Sixteen,
            _ => ClusterFramework::Fourteen,
        },
        code: cluster_code(cells[1]),
        title: cells[1].to_owned(),
        is_cross_cutting: cells[2].parse().ok(),
    };
    let passage = |cells: Vec<&str>| NewPassage {
        from: cluster_code(cells[0]),
        to: cluster_code(cells[1]),
        is_partial: cells[2] == "part",
    };
    NewClusters {
        clusters: rows(CLUSTERS).map(cluster).collect(),
        map: rows(MAP).map(passage).collect(),
        members: rows(OCCUPATIONS).flat_map(|cells| members(&cells)).collect(),
    }
}

fn members(cells: &[&str]) -> BTreeSet<NewMember> {
    let older = cells[8].split("; ").map(|title| (ClusterFramework::Sixteen, title));
    let newer = [(ClusterFramework::Fourteen, cells[9])];
    let all = older.chain(newer);
    all.map(|(framework, title)| member(framework, cluster_code(title), cells[0])).collect()
}

fn cip_soc() -> NewCipSoc {
    let (mut programs, mut occupations) = (BTreeMap::new(), BTreeMap::new());
    let mut pairs = Vec::new();
    for cells in rows(CIP_SOC) {
        programs.insert(cells[0].to_owned(), cells[1].to_owned());
        // A programme that prepares for no occupation is known all the same.
        if !cells[2].is_empty() {
            occupations.insert(cells[2].to_owned(), cells[3].to_owned());
            pairs.push((cells[0].to_owned(), cells[2].to_owned()));
        }
    }
    NewCipSoc {
        programs: programs.into_iter().collect(),
        occupations: occupations.into_iter().collect(),
        pairs,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use entity::{career_cluster::ClusterFramework, riasec::InterestArea};

    use super::{CIP_SOC, CLUSTERS, MAP, OCCUPATIONS, cip_soc, clusters, dissolves, occupations};
    use crate::reference::rules::codes::{is_cip_program, is_onet_soc, is_soc};

    #[test]
    fn every_row_is_as_long_as_its_header() {
        for text in [OCCUPATIONS, CLUSTERS, MAP, CIP_SOC] {
            let lengths: BTreeSet<_> = text.lines().map(|line| line.split('\t').count()).collect();
            assert_eq!(lengths.len(), 1, "{}", text.lines().next().unwrap());
            assert!(!text.contains('\r') && text.is_ascii() || std::ptr::eq(text, CIP_SOC));
        }
    }

    #[test]
    fn occupations_are_scored_and_lead_in_every_area() {
        let all = occupations();
        let codes: BTreeSet<_> = all.iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes.len(), all.len());
        assert!(all.len() >= 60 && codes.iter().all(|code| is_onet_soc(code)));
        let scores: Vec<_> = all.iter().filter_map(|one| one.interests).collect();
        assert_eq!(scores.len(), all.len() - 1, "one has no scores, as many in life");
        assert!(scores.iter().all(|one| one.0.iter().all(|score| (100..=700).contains(score))));
        for area in InterestArea::ALL {
            let leads = scores.iter().filter(|one| one.0.iter().max() == Some(&one.of(area)));
            assert!(leads.count() >= 4, "{area:?}");
        }
    }

    #[test]
    fn clusters_are_all_there_and_all_have_occupations() {
        let all = clusters();
        for (framework, number) in
            [(ClusterFramework::Sixteen, 16), (ClusterFramework::Fourteen, 14)]
        {
            let of = all.clusters.iter().filter(|one| one.framework == framework);
            let codes: BTreeSet<_> = of.map(|one| one.code.as_str()).collect();
            assert_eq!(codes.len(), number);
            let held = all.members.iter().filter(|one| one.framework == framework);
            let held: BTreeSet<_> = held.map(|one| one.cluster.as_str()).collect();
            assert_eq!(held, codes);
            let ends = all.map.iter().map(|one| match framework {
                ClusterFramework::Sixteen => one.from.as_str(),
                ClusterFramework::Fourteen => one.to.as_str(),
            });
            assert!(ends.collect::<BTreeSet<_>>().is_subset(&codes));
        }
        assert!(dissolves("science-technology-engineering-mathematics"));
        assert!(!dissolves("finance"));
    }

    #[test]
    fn programmes_and_occupations_have_their_forms() {
        let all = cip_soc();
        assert!(
            all.programs.len() >= 40 && all.programs.iter().all(|(code, _)| is_cip_program(code))
        );
        assert!(all.occupations.iter().all(|(code, _)| is_soc(code)));
        let pairs: BTreeSet<_> = all.pairs.iter().collect();
        assert_eq!(pairs.len(), all.pairs.len());
    }
}
