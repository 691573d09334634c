//! From the code of one framework to those of another, and how far the answer can be trusted.
//!
//! Frameworks hang together in a line: programmes of study (CIP) lead to occupations (SOC), these
//! to the finer ones of O*NET, these to career clusters; and the clusters of 2002 lead straight to
//! those of 2024. A code is carried along the line, at each step to all that it leads to.
//!
//! What comes out is *exact* when it is one code which leads back to the one that was asked and to
//! no other, *broader* when it is one code which others lead to as well, *ambiguous* when there are
//! several, or one that takes only a part, and *none* when there is nothing. Whoever stores a
//! single code for another may do so for the first two.

use std::collections::BTreeSet;

use entity::{career_cluster::ClusterFramework, reference_release};

use super::{bridge::Bridge, catalogue::Catalogue, codes::soc_of};

/// A system of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Framework {
    /// Programmes of study.
    Cip,
    /// Occupations, coarse.
    Soc,
    /// Occupations, fine.
    OnetSoc,
    /// Career clusters.
    Clusters(ClusterFramework),
}

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One code, of the same extent.
    Exact,
    /// One code, which covers more.
    Broader,
    /// Several codes, or a part of one: somebody has to choose.
    Ambiguous,
    /// No code.
    None,
}

/// A code with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The framework.
    pub framework: Framework,
    /// Its edition.
    pub version: Option<String>,
    /// The code.
    pub code: String,
    /// What it stands for.
    pub title: Option<String>,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Crosswalk {
    /// What the answer is worth.
    pub relation: Relation,
    /// The code that was asked; none when the framework does not have it.
    pub source: Option<Code>,
    /// The edition of the framework that was asked from.
    pub from_version: Option<String>,
    /// The edition of the framework that was asked for.
    pub to_version: Option<String>,
    /// Where the code leads to, by code.
    pub candidates: Vec<Code>,
    /// The releases that the answer is drawn from.
    pub releases: Vec<reference_release::Model>,
}

/// The data that the answers are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Maps<'m> {
    /// Occupations and clusters.
    pub catalogue: &'m Catalogue,
    /// Programmes and occupations, when they are loaded.
    pub bridge: Option<&'m Bridge>,
}

/// The codes that lie at one place of the way.
#[derive(Debug, Default)]
struct Reached {
    codes: BTreeSet<String>,
    is_partial: bool,
}

impl Maps<'_> {
    /// Where a code leads to.
    #[must_use]
    pub fn crosswalk(&self, from: Framework, code: &str, to: Framework) -> Crosswalk {
        let way = way(from, to);
        let source = self.knows(from, code).then(|| self.code(from, code));
        let reached = match source {
            Some(_) => self.follow(&way, code),
            None => Reached::default(),
        };
        let relation = match reached.codes.first() {
            None => Relation::None,
            Some(_) if reached.codes.len() > 1 || reached.is_partial => Relation::Ambiguous,
            Some(only) => {
                let back: Vec<_> = way.iter().rev().copied().collect();
                let asked_alone = self.follow(&back, only).codes.len() == 1;
                if asked_alone { Relation::Exact } else { Relation::Broader }
            }
        };
        Crosswalk {
            relation,
            source,
            from_version: self.version(from),
            to_version: self.version(to),
            candidates: reached.codes.iter().map(|code| self.code(to, code)).collect(),
            releases: self.releases(&way),
        }
    }

    fn follow(&self, way: &[Framework], code: &str) -> Reached {
        let mut here = Reached { codes: BTreeSet::from([code.to_owned()]), is_partial: false };
        for step in way.windows(2) {
            let mut next = Reached { codes: BTreeSet::new(), is_partial: here.is_partial };
            for code in &here.codes {
                self.step(step[0], step[1], code, &mut next);
            }
            here = next;
        }
        here
    }

    /// All that a code leads to in a neighbouring framework.
    fn step(&self, from: Framework, to: Framework, code: &str, next: &mut Reached) {
        let Self { catalogue, bridge } = *self;
        match (from, to) {
            (Framework::Cip, _) => {
                let found = bridge.into_iter().flat_map(|bridge| bridge.prepares_for(code));
                next.codes.extend(found.map(str::to_owned));
            }
            (Framework::Soc, Framework::Cip) => {
                let found = bridge.into_iter().flat_map(|bridge| bridge.prepared_by(code));
                next.codes.extend(found.map(str::to_owned));
            }
            (Framework::Soc, _) => {
                next.codes.extend(catalogue.refining(code).map(|one| one.code.clone()));
            }
            (Framework::OnetSoc, Framework::Clusters(framework)) => {
                let clusters = catalogue.occupation(code).into_iter().flat_map(|one| &one.clusters);
                let clusters = clusters.map(|at| &catalogue.clusters[*at]);
                let clusters = clusters.filter(|cluster| cluster.framework == framework);
                next.codes.extend(clusters.map(|cluster| cluster.code.clone()));
            }
            (Framework::OnetSoc, _) => {
                next.codes.extend([soc_of(code).to_owned()]);
            }
            (Framework::Clusters(own), Framework::Clusters(_)) => {
                self.step_between_clusters(own, code, next);
            }
            (Framework::Clusters(framework), _) => {
                let cluster = catalogue.cluster(framework, code);
                let held = cluster.into_iter().flat_map(|at| &catalogue.clusters[at].occupations);
                next.codes.extend(held.map(|at| catalogue.occupations[*at].code.clone()));
            }
        }
    }

    fn step_between_clusters(&self, own: ClusterFramework, code: &str, next: &mut Reached) {
        let Some(here) = self.catalogue.cluster(own, code) else { return };
        for passage in &self.catalogue.map {
            let there = match here {
                here if here == passage.from => passage.to,
                here if here == passage.to => passage.from,
                _ => continue,
            };
            next.is_partial |= passage.is_partial;
            next.codes.insert(self.catalogue.clusters[there].code.clone());
        }
    }

    fn knows(&self, framework: Framework, code: &str) -> bool {
        match framework {
            Framework::Cip => self.bridge.is_some_and(|bridge| bridge.program(code).is_some()),
            Framework::Soc => {
                let named = self.bridge.is_some_and(|bridge| bridge.occupation(code).is_some());
                named || self.catalogue.refining(code).next().is_some()
            }
            Framework::OnetSoc => self.catalogue.occupation(code).is_some(),
            Framework::Clusters(framework) => self.catalogue.cluster(framework, code).is_some(),
        }
    }

    fn code(&self, framework: Framework, code: &str) -> Code {
        let title = match framework {
            Framework::Cip => self.bridge.and_then(|bridge| bridge.program(code)),
            Framework::Soc => self.soc_title(code),
            Framework::OnetSoc => self.catalogue.occupation(code).map(|one| one.title.as_str()),
            Framework::Clusters(framework) => {
                let cluster = self.catalogue.cluster(framework, code);
                cluster.map(|at| self.catalogue.clusters[at].title.as_str())
            }
        };
        let (code, title) = (code.to_owned(), title.map(str::to_owned));
        Code { framework, version: self.version(framework), code, title }
    }

    /// O*NET names the whole of a SOC occupation by the code that ends in `.00`.
    fn soc_title(&self, code: &str) -> Option<&str> {
        let named = self.bridge.and_then(|bridge| bridge.occupation(code));
        let whole = || self.catalogue.occupation(&format!("{code}.00"));
        named.or_else(|| whole().map(|one| one.title.as_str()))
    }

    fn version(&self, framework: Framework) -> Option<String> {
        let Self { catalogue, bridge } = *self;
        match framework {
            Framework::Cip => bridge.and_then(|bridge| bridge.release.cip_version.clone()),
            Framework::Soc => bridge.and_then(|bridge| bridge.release.soc_version.clone()),
            Framework::OnetSoc => catalogue.onet.as_ref().map(|release| release.name.clone()),
            Framework::Clusters(framework) => {
                catalogue.grouping.as_ref().map(|_| framework.version().to_owned())
            }
        }
    }

    fn releases(&self, way: &[Framework]) -> Vec<reference_release::Model> {
        let Self { catalogue, bridge } = *self;
        let mut releases: Vec<reference_release::Model> = Vec::new();
        for framework in way {
            let release = match framework {
                Framework::Cip | Framework::Soc => bridge.map(|bridge| &bridge.release),
                Framework::OnetSoc => catalogue.onet.as_ref(),
                Framework::Clusters(_) => catalogue.grouping.as_ref(),
            };
            if let Some(release) = release.filter(|release| !releases.contains(release)) {
                releases.push(release.clone());
            }
        }
        releases
    }
}

/// The frameworks between the two, both included.
fn way(from: Framework, to: Framework) -> Vec<Framework> {
    const LINE: [Framework; 3] = [Framework::Cip, Framework::Soc, Framework::OnetSoc];
    if from == to {
        return vec![from];
    }
    // A cluster stands at the end of the line.
    let place = |framework| LINE.iter().position(|one| *one == framework).unwrap_or(LINE.len());
    let (start, end) = (place(from), place(to));
    let between = LINE.iter().enumerate();
    let between = between.filter(|(at, _)| (start.min(end) + 1..start.max(end)).contains(at));
    let mut between: Vec<_> = between.map(|(_, framework)| *framework).collect();
    if start > end {
        between.reverse();
    }
    [from].into_iter().chain(between).chain([to]).collect()
}
