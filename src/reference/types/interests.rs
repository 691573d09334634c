//! The interest scores of an occupation in one release.

use std::collections::HashMap;

use async_graphql::{
    ID,
    registry::{MetaInputValue, Registry},
};
use entity::{
    id::{OccupationId, ReferenceReleaseId},
    occupation, occupation_edition,
    riasec::{InterestArea, Riasec},
};
use sea_orm::QueryFilter;
use uuid::Uuid;

use super::{Occupation, ReferenceRelease};
use crate::{
    error::{Code, Error, Result},
    graphql::{
        object::{Arguments, Cx, Declaration, Graph, Loaded, Parents, Picked, declared},
        scalars::Decimal,
    },
    store::{any_of, visible},
    typeid,
};

/// The scores, and the release that has them.
#[derive(Debug, Clone, Copy)]
pub struct Scores {
    interests: Riasec,
    release: ReferenceReleaseId,
}

crate::value_object! {
    /// What kind of interests the work in an occupation suits, in Holland's six areas: each from 1.00
    /// (hardly) to 7.00 (very much). From the O*NET database by the U.S. Department of Labor,
    /// Employment and Training Administration (USDOL/ETA), under CC BY 4.0; see the attribution of
    /// the release. For exploring careers, not for screening applicants.
    pub OccupationInterests(Scores)
}

fn score(scores: &Scores, area: InterestArea) -> Decimal {
    Decimal { hundredths: scores.interests.of(area).into() }
}

pub(super) fn declare(graph: &mut Graph) {
    let interests = graph.object::<OccupationInterests>();
    declare_areas(interests);
    interests.belongs_to::<ReferenceRelease>(
        "release",
        |scores| Some(scores.release.into()),
        "The release that these scores are of.",
    );
}

fn declare_areas(interests: &mut Declaration<OccupationInterests>) {
    interests.column(
        "realistic",
        |scores| score(scores, InterestArea::Realistic),
        "Working with things, tools and machines.",
    );
    interests.column(
        "investigative",
        |scores| score(scores, InterestArea::Investigative),
        "Finding out and understanding.",
    );
    interests.column(
        "artistic",
        |scores| score(scores, InterestArea::Artistic),
        "Creating and expressing.",
    );
    interests.column(
        "social",
        |scores| score(scores, InterestArea::Social),
        "Helping and teaching people.",
    );
    interests.column(
        "enterprising",
        |scores| score(scores, InterestArea::Enterprising),
        "Leading and persuading people.",
    );
    interests.column(
        "conventional",
        |scores| score(scores, InterestArea::Conventional),
        "Keeping things in order and to rule.",
    );
}

/// Adds the edge from an occupation to its scores.
pub(super) fn declare_edge(occupation: &mut Declaration<Occupation>) {
    occupation
        .one::<OccupationInterests, OfRelease>(
            "interests",
            |parents, of| Box::pin(load(parents, of.0)),
            "Its interest scores in a release; null when the release has none for it, as for most \
             occupations that gather what is left over.",
        )
        .reads([occupation::Column::Id, occupation::Column::ReleaseId]);
}

/// The release that was asked for.
struct OfRelease(Option<ReferenceReleaseId>);

impl Arguments for OfRelease {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<Option<ID>>(
            registry,
            "release",
            "The release, as `release_…`; the newest that lists the occupation when left out.",
        )]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        let Some(id) = picked.argument::<Option<ID>>(cx, "release")? else { return Ok(Self(None)) };
        let release = typeid::decode(&id).ok_or_else(|| {
            Error::argument(Code::InvalidId, "`release`: an id as `release_…` is expected")
        })?;
        Ok(Self(Some(release)))
    }
}

async fn load(
    parents: &Parents<'_, Occupation>,
    release: Option<ReferenceReleaseId>,
) -> Result<Loaded<Scores, Option<usize>>> {
    use occupation_edition::{Column, Entity};
    let key = |row: &occupation::Model| (row.id, release.unwrap_or(row.release_id));
    let wanted: Vec<_> = parents.rows.iter().map(|row| key(row)).collect();
    let mut occupations: Vec<Uuid> = wanted.iter().map(|(id, _)| (*id).into()).collect();
    let mut releases: Vec<Uuid> = wanted.iter().map(|(_, release)| (*release).into()).collect();
    for keys in [&mut occupations, &mut releases] {
        keys.sort_unstable();
        keys.dedup();
    }
    let reader = parents.cx.reader()?;
    let of_release = any_of(reader.backend, Column::ReleaseId, &releases);
    let select = visible::<Entity>(parents.cx.caller()?).filter(of_release);
    let rows =
        reader.all(select, any_of(reader.backend, Column::OccupationId, &occupations)).await?;
    let scores = |row: &occupation_edition::Model| {
        let scores = Scores { interests: row.interests()?, release: row.release_id };
        Some(((row.occupation_id, row.release_id), scores))
    };
    let found: HashMap<(OccupationId, ReferenceReleaseId), Scores> =
        rows.iter().filter_map(scores).collect();
    Ok(Loaded::each(wanted.iter().map(|key| found.get(key).copied()).collect()))
}
