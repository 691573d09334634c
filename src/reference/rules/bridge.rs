//! The crosswalk between programmes of study and occupations, at hand in memory.

use std::collections::{BTreeMap, BTreeSet};

use entity::reference_release;

/// One release of the crosswalk, with the titles of its codes.
#[derive(Debug)]
pub struct Bridge {
    /// The release.
    pub release: reference_release::Model,
    programs: BTreeMap<String, String>,
    occupations: BTreeMap<String, String>,
    to_soc: BTreeMap<String, BTreeSet<String>>,
    to_cip: BTreeMap<String, BTreeSet<String>>,
}

impl Bridge {
    /// Puts a bridge together: CIP codes and SOC codes with their titles, and the pairs of both.
    #[must_use]
    pub fn new(
        release: reference_release::Model,
        programs: impl IntoIterator<Item = (String, String)>,
        occupations: impl IntoIterator<Item = (String, String)>,
        pairs: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let (mut to_soc, mut to_cip) = (BTreeMap::new(), BTreeMap::new());
        for (cip, soc) in pairs {
            to_soc.entry(cip.clone()).or_insert_with(BTreeSet::new).insert(soc.clone());
            to_cip.entry(soc).or_insert_with(BTreeSet::new).insert(cip);
        }
        let programs = programs.into_iter().collect();
        let occupations = occupations.into_iter().collect();
        Self { release, programs, occupations, to_soc, to_cip }
    }

    /// What a CIP code stands for, when the release names it.
    #[must_use]
    pub fn program(&self, cip: &str) -> Option<&str> {
        self.programs.get(cip).map(String::as_str)
    }

    /// What a SOC code stands for, when the release names it.
    #[must_use]
    pub fn occupation(&self, soc: &str) -> Option<&str> {
        self.occupations.get(soc).map(String::as_str)
    }

    /// The SOC codes for which a programme prepares.
    pub fn prepares_for(&self, cip: &str) -> impl Iterator<Item = &str> {
        self.to_soc.get(cip).into_iter().flatten().map(String::as_str)
    }

    /// The CIP codes of the programmes that prepare for an occupation.
    pub fn prepared_by(&self, soc: &str) -> impl Iterator<Item = &str> {
        self.to_cip.get(soc).into_iter().flatten().map(String::as_str)
    }
}
