//! Where the code of one framework leads in another.

use async_graphql::{
    Enum, InputObject,
    registry::{MetaInputValue, Registry},
};
use entity::career_cluster::ClusterFramework;

use super::ReferenceRelease;
use crate::{
    auth::Scope,
    error::Result,
    graphql::object::{
        Arguments, Cx, Declaration, Graph, Loaded, Parents, Picked, Query, declared,
    },
    leaf_enums,
    reference::{
        rules::crosswalk::{Code, Crosswalk as Found, Framework, Relation},
        service::crosswalk::{self, Start},
    },
};

/// A list of candidates ends here; `candidateCount` tells of all.
const MOST_CANDIDATES: usize = 250;

/// A system of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ReferenceFramework {
    /// Programmes of study: the Classification of Instructional Programs, as `51.3801`.
    Cip,
    /// Occupations: the Standard Occupational Classification, as `29-1141`.
    Soc,
    /// Occupations of O*NET, finer than SOC, as `29-1141.00`.
    OnetSoc,
    /// The sixteen career clusters of 2002, as `health-science`.
    #[graphql(name = "CAREER_CLUSTERS_2002")]
    CareerClusters2002,
    /// The fourteen career clusters of 2024, as `healthcare-human-services`.
    #[graphql(name = "CAREER_CLUSTERS_2024")]
    CareerClusters2024,
}

/// What the answer of a crosswalk is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Relation")]
pub enum CrosswalkRelation {
    /// One candidate, which leads back to this code and to no other: the same extent.
    Exact,
    /// One candidate, to which other codes lead too: it covers more.
    Broader,
    /// Several candidates, or one that takes over only a part: somebody has to choose.
    Ambiguous,
    /// No candidate.
    None,
}

leaf_enums!(ReferenceFramework, CrosswalkRelation);

impl From<ReferenceFramework> for Framework {
    fn from(framework: ReferenceFramework) -> Self {
        match framework {
            ReferenceFramework::Cip => Self::Cip,
            ReferenceFramework::Soc => Self::Soc,
            ReferenceFramework::OnetSoc => Self::OnetSoc,
            ReferenceFramework::CareerClusters2002 => Self::Clusters(ClusterFramework::Sixteen),
            ReferenceFramework::CareerClusters2024 => Self::Clusters(ClusterFramework::Fourteen),
        }
    }
}

impl From<Framework> for ReferenceFramework {
    fn from(framework: Framework) -> Self {
        match framework {
            Framework::Cip => Self::Cip,
            Framework::Soc => Self::Soc,
            Framework::OnetSoc => Self::OnetSoc,
            Framework::Clusters(ClusterFramework::Sixteen) => Self::CareerClusters2002,
            Framework::Clusters(ClusterFramework::Fourteen) => Self::CareerClusters2024,
        }
    }
}

/// The code that a crosswalk begins from.
#[derive(Debug, Clone, InputObject)]
pub struct CrosswalkFrom {
    /// Its framework.
    pub framework: ReferenceFramework,
    /// The code.
    pub code: String,
    /// The edition of the framework: the year of CIP, SOC or career clusters, as `2020`, or the name
    /// of a release of O*NET. Left out, it is the newest that is loaded.
    pub version: Option<String>,
}

crate::value_object! {
    /// Where a code leads in another framework, and what that answer is worth. Store a single
    /// candidate for the code only when the relation is `EXACT` or `BROADER`.
    pub Crosswalk(Found)
}

crate::value_object! {
    /// A code of a framework.
    pub FrameworkCode(Code)
}

pub(super) fn declare(graph: &mut Graph) {
    declare_code(graph.object::<FrameworkCode>());
    let crosswalk = graph.object::<Crosswalk>();
    crosswalk.column(
        "relation",
        |row| CrosswalkRelation::from(row.relation),
        "What the answer is worth.",
    );
    crosswalk.column(
        "fromVersion",
        |row| row.from_version.clone(),
        "The edition of the framework that was asked from; null when it is not loaded.",
    );
    crosswalk.column(
        "toVersion",
        |row| row.to_version.clone(),
        "The edition of the framework that was asked for; null when it is not loaded.",
    );
    crosswalk.column(
        "candidateCount",
        |row| i32::try_from(row.candidates.len()).unwrap_or(i32::MAX),
        "How many candidates there are.",
    );
    declare_edges(crosswalk);
    graph
        .query()
        .one::<Crosswalk, Asked>(
            "crosswalk",
            |parents, asked| Box::pin(load(parents, asked)),
            "Where a code leads in another framework: programmes of study (CIP), occupations (SOC, \
             O*NET-SOC) and career clusters of 2002 and 2024.",
        )
        .needs(Scope::Any);
}

fn declare_edges(crosswalk: &mut Declaration<Crosswalk>) {
    crosswalk.one::<FrameworkCode, ()>(
        "source",
        |parents, ()| {
            let each = parents.rows.iter().map(|row| row.source.clone()).collect();
            Box::pin(async move { Ok(Loaded::each(each)) })
        },
        "The code that was asked; null when the edition does not have it.",
    );
    crosswalk.many::<FrameworkCode, ()>(
        "candidates",
        |parents, ()| {
            let lists = parents
                .rows
                .iter()
                .map(|row| row.candidates.iter().take(MOST_CANDIDATES).cloned().collect());
            let lists = lists.collect();
            Box::pin(async move { Ok(Loaded::lists(lists)) })
        },
        "Where it leads, by code: the first 250.",
    );
    crosswalk.many::<ReferenceRelease, ()>(
        "releases",
        |parents, ()| {
            let lists = parents.rows.iter().map(|row| row.releases.clone()).collect();
            Box::pin(async move { Ok(Loaded::lists(lists)) })
        },
        "The releases that the answer is drawn from.",
    );
}

fn declare_code(code: &mut Declaration<FrameworkCode>) {
    code.column("framework", |row| ReferenceFramework::from(row.framework), "The framework.");
    code.column(
        "version",
        |row| row.version.clone(),
        "Its edition; null when only another framework tells of the code.",
    );
    code.column("code", |row| row.code.clone(), "The code.");
    code.column(
        "title",
        |row| row.title.clone(),
        "What it stands for; null when no release that is loaded names it.",
    );
}

/// What was asked.
struct Asked {
    start: Start,
    to: Framework,
}

impl Arguments for Asked {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![
            declared::<CrosswalkFrom>(registry, "from", "The code to begin from."),
            declared::<ReferenceFramework>(registry, "to", "The framework to arrive at."),
        ]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let CrosswalkFrom { framework, code, version } = picked.argument(cx, "from")?;
        let to: ReferenceFramework = picked.argument(cx, "to")?;
        Ok(Self { start: Start { framework: framework.into(), code, version }, to: to.into() })
    }
}

async fn load(parents: &Parents<'_, Query>, asked: Asked) -> Result<Loaded<Found, Option<usize>>> {
    let found = crosswalk::find(parents.cx.app()?, &asked.start, asked.to).await?;
    Ok(Loaded::each(vec![Some(found)]))
}
