//! The interest profile of a student.

use async_graphql::registry::{MetaInputValue, Registry};
use entity::{career_cluster::ClusterFramework, reference_release, student};

use super::{
    asked::{AsOf, known},
    evidence::{InterestEvidence, Shown},
    ranked::{Ranked, RankedCluster, RankedOccupation},
};
use crate::{
    auth::{Class, Scope},
    error::Result,
    graphql::{
        object::{Arguments, Cx, Declaration, Graph, Loaded, Parents, Picked, declared_or},
        scalars::Decimal,
    },
    interests::{
        rules::profile::{FORMULA, Profile},
        service::{profile::Known, standing},
    },
    reference::types::{CareerClusterFramework, ReferenceRelease},
    roster::types::Student,
    value_object,
};

/// Clusters that are listed.
const MOST_CLUSTERS: usize = 10;
/// Occupations that are listed.
const MOST_OCCUPATIONS: usize = 25;
/// Pieces of evidence that are listed: the newest.
const MOST_EVIDENCE: usize = 50;
/// What a profile adds to the cost of an operation: it reads all signals of a student.
pub(super) const COST: i32 = 10;

value_object! {
    /// What a student is drawn to on a day, worked out of everything that was told up to then:
    /// assessments, goals, rated exposures and answers to surveys, weighted by kind and age. The six
    /// values run from 0.00 to 100.00 and are null while nothing is known. For exploring, planning
    /// and counselling only; no employer sees it.
    pub InterestProfile(Known)
}

value_object! {
    /// How a profile has changed within a year: the differences of the six values. They are null
    /// when nothing was known a year before.
    pub InterestTrend(Known)
}

pub(super) fn declare(graph: &mut Graph) {
    let profile = graph.object::<InterestProfile>();
    facts(profile);
    values(profile);
    lists(profile);
    releases(profile);
    profile
        .one::<InterestTrend, ()>(
            "trend",
            |parents, ()| {
                let each = parents.rows.iter().map(|known| Some((*known).clone())).collect();
                Box::pin(async move { Ok(Loaded::each(each)) })
            },
            "How it has changed within a year.",
        )
        .pii(Class::Interest);
    trend(graph.object::<InterestTrend>());
    graph
        .object::<Student>()
        .one::<InterestProfile, AsOf>(
            "interestProfile",
            |parents, as_of| Box::pin(load(parents, as_of)),
            "What the student is drawn to, from everything that was told up to a day.",
        )
        .needs(Scope::InterestsRead)
        .pii(Class::Interest)
        .costs(COST)
        .reads([student::Column::Id]);
}

fn facts(profile: &mut Declaration<InterestProfile>) {
    profile
        .column("asOf", |known| known.profile.as_of, "The day: nothing later counts.")
        .pii(Class::Interest);
    profile
        .column(
            "hollandCode",
            |known| known.profile.holland_code(),
            "The letters of the three strongest areas, as `SIA`. Look at `isFlat` and `ties` before \
             you make anything of it.",
        )
        .pii(Class::Interest);
    profile
        .column(
            "ties",
            |known| known.profile.ties(),
            "Groups of areas with the same value, as `SE`, which only the order R, I, A, S, E, C \
             puts one before the other.",
        )
        .pii(Class::Interest);
    shape(profile);
}

fn shape(profile: &mut Declaration<InterestProfile>) {
    profile
        .column(
            "differentiation",
            |known| known.profile.differentiation().map(|hundredths| Decimal { hundredths }),
            "From the highest value to the lowest.",
        )
        .pii(Class::Interest);
    profile
        .column(
            "isFlat",
            |known| known.profile.is_flat(),
            "Whether the six values hardly differ, by a standard deviation under 5, or nothing is \
             known: then no cluster and no occupation is said to fit.",
        )
        .pii(Class::Interest);
    profile
        .column(
            "signalCount",
            |known| i32::try_from(known.profile.evidence.len()).unwrap_or(i32::MAX),
            "How many signals it is made of.",
        )
        .pii(Class::Interest);
    profile.column("formulaVersion", |_| FORMULA, "The version of the formula.");
}

/// Declares the six values.
macro_rules! six {
    ($declaration:ident, $read:expr; $($name:literal at $place:literal: $description:literal;)+) => {$(
        $declaration
            .column($name, |known| ($read)(known, $place), $description)
            .pii(Class::Interest);
    )+};
}

fn values(profile: &mut Declaration<InterestProfile>) {
    six! { profile, value;
        "realistic" at 0: "Working with things, tools and machines.";
        "investigative" at 1: "Finding out and understanding.";
        "artistic" at 2: "Creating and expressing.";
        "social" at 3: "Helping and teaching people.";
        "enterprising" at 4: "Leading and persuading people.";
        "conventional" at 5: "Keeping things in order and to rule.";
    }
}

fn value(known: &Known, at: usize) -> Option<Decimal> {
    Some(Decimal { hundredths: known.profile.values()?[at] })
}

fn change(known: &Known, at: usize) -> Option<Decimal> {
    let (now, before) = (known.profile.values()?[at], known.before.values()?[at]);
    Some(Decimal { hundredths: now - before })
}

fn lists(profile: &mut Declaration<InterestProfile>) {
    profile
        .many::<InterestEvidence, ()>(
            "evidence",
            |parents, ()| {
                let lists = parents.rows.iter().map(|known| evidence(&known.profile)).collect();
                Box::pin(async move { Ok(Loaded::lists(lists)) })
            },
            "The signals that it is made of, the newest first: at most fifty.",
        )
        .pii(Class::Interest);
    profile
        .many::<RankedCluster, OfFramework>(
            "clusters",
            |parents, of| {
                let lists = parents.rows.iter().map(|known| clusters(known, of.0)).collect();
                Box::pin(async move { Ok(Loaded::lists(lists)) })
            },
            "The career clusters that fit, the best first: at most ten. Empty while the profile is \
             flat.",
        )
        .pii(Class::Interest);
    profile
        .many::<RankedOccupation, ()>(
            "occupations",
            |parents, ()| {
                let lists = parents.rows.iter().map(|known| occupations(known)).collect();
                Box::pin(async move { Ok(Loaded::lists(lists)) })
            },
            "The occupations that fit, the best first: at most 25. Empty while the profile is flat.",
        )
        .pii(Class::Interest);
}

fn evidence(profile: &Profile) -> Vec<Shown> {
    let newest = profile.evidence.iter().rev().take(MOST_EVIDENCE);
    newest.map(|one| Shown::of(profile, one, None)).collect()
}

fn clusters(
    known: &Known,
    framework: ClusterFramework,
) -> Vec<Ranked<entity::id::CareerClusterId>> {
    let found = standing::clusters(known, framework, MOST_CLUSTERS);
    let all = &known.release.catalogue.clusters;
    let ranked = found.iter().enumerate();
    ranked.map(|(rank, (at, fit))| Ranked::new(all[*at].id, rank, fit, known)).collect()
}

fn occupations(known: &Known) -> Vec<Ranked<entity::id::OccupationId>> {
    let found = standing::occupations(known, MOST_OCCUPATIONS);
    let all = &known.release.catalogue.occupations;
    let ranked = found.iter().enumerate();
    ranked.map(|(rank, (at, fit))| Ranked::new(all[*at].id, rank, fit, known)).collect()
}

fn releases(profile: &mut Declaration<InterestProfile>) {
    profile.belongs_to::<ReferenceRelease>(
        "occupationRelease",
        |known| known.release.catalogue.onet.as_ref().map(key),
        "The release of occupations that it was compared with; null when none is loaded.",
    );
    profile.belongs_to::<ReferenceRelease>(
        "clusterRelease",
        |known| known.release.catalogue.grouping.as_ref().map(key),
        "The release of career clusters that it was compared with; null when none is loaded.",
    );
}

fn key(release: &reference_release::Model) -> uuid::Uuid {
    release.id.into()
}

fn trend(trend: &mut Declaration<InterestTrend>) {
    trend
        .column("since", |known| known.before.as_of, "The day a year before.")
        .pii(Class::Interest);
    trend
        .column(
            "hollandCode",
            |known| known.before.holland_code(),
            "The Holland code a year before; null when nothing was known then.",
        )
        .pii(Class::Interest);
    six! { trend, change;
        "realistic" at 0: "By how much it grew: working with things, tools and machines.";
        "investigative" at 1: "By how much it grew: finding out and understanding.";
        "artistic" at 2: "By how much it grew: creating and expressing.";
        "social" at 3: "By how much it grew: helping and teaching people.";
        "enterprising" at 4: "By how much it grew: leading and persuading people.";
        "conventional" at 5: "By how much it grew: keeping things in order and to rule.";
    }
}

/// The framework that was asked for.
struct OfFramework(ClusterFramework);

impl Arguments for OfFramework {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        let newer = CareerClusterFramework::Fourteen;
        vec![declared_or(registry, "framework", "The framework of the clusters.", &newer)]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let newer = CareerClusterFramework::Fourteen;
        Ok(Self(picked.argument_or(cx, "framework", newer)?.into()))
    }
}

async fn load(parents: &Parents<'_, Student>, as_of: AsOf) -> Result<Loaded<Known, Option<usize>>> {
    let students: Vec<_> = parents.rows.iter().map(|row| row.id).collect();
    Ok(Loaded::each(known(parents.cx, &students, as_of).await?))
}
