//! The catalogue of a release: read once, then kept in memory, for a release never changes.

use std::{collections::HashSet, sync::Arc};

use entity::{
    career_cluster, career_cluster_map,
    id::ReferenceReleaseId,
    occupation, occupation_cluster, occupation_edition,
    reference_release::{self, ReferenceDataset},
};
use moka::sync::Cache;
use sea_orm::{
    FromQueryResult,
    sea_query::{Expr, ExprTrait, JoinType, SelectStatement},
};
use uuid::Uuid;

use super::release::{self, ask, every};
use crate::{
    app::App,
    error::{Error, Result},
    reference::rules::catalogue::{Catalogue, KnownCluster, KnownOccupation},
};

/// Releases that are kept in memory at once: the current one, and some that old profiles stand on.
const KEPT: u64 = 8;

struct Catalogues(Cache<(Uuid, Uuid), Arc<Catalogue>>);

impl Default for Catalogues {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

/// The catalogue of the current releases; empty while none is loaded.
pub async fn current(app: &App) -> Result<Arc<Catalogue>> {
    let current = release::current(app).await?;
    of(app, current.onet, current.clusters).await
}

/// The catalogue as it was, for what was derived from these releases.
pub async fn at(
    app: &App,
    onet: ReferenceReleaseId,
    clusters: Option<ReferenceReleaseId>,
) -> Result<Arc<Catalogue>> {
    let Some(onet) = release::of_key(app, onet).await? else {
        return Err(Error::NotFound("release of reference data"));
    };
    let clusters = match clusters {
        Some(clusters) => release::of_key(app, clusters).await?,
        None => None,
    };
    of(app, Some(onet), clusters).await
}

/// The catalogue of these releases.
pub(super) async fn of(
    app: &App,
    onet: Option<reference_release::Model>,
    clusters: Option<reference_release::Model>,
) -> Result<Arc<Catalogue>> {
    debug_assert!(onet.as_ref().is_none_or(|one| one.dataset == ReferenceDataset::Onet));
    let id = |release: &Option<reference_release::Model>| {
        release.as_ref().map_or(Uuid::nil(), |release| release.id.into())
    };
    let key = (id(&onet), id(&clusters));
    let kept = app.shelf.of::<Catalogues>();
    if let Some(known) = kept.0.get(&key) {
        return Ok(known);
    }
    let read = Arc::new(read(app, onet, clusters).await?);
    kept.0.insert(key, read.clone());
    Ok(read)
}

async fn read(
    app: &App,
    onet: Option<reference_release::Model>,
    grouping: Option<reference_release::Model>,
) -> Result<Catalogue> {
    let occupations = match &onet {
        Some(release) => occupations(app, release.id).await?,
        None => Vec::new(),
    };
    let catalogue = match &grouping {
        Some(release) => grouped(app, release.id, occupations).await?,
        None => Catalogue::new(occupations, Vec::new(), &[], &[]),
    };
    Ok(catalogue.of_releases(onet, grouping))
}

/// An edition with the code of its occupation.
#[derive(FromQueryResult)]
struct Listed {
    code: String,
    #[sea_orm(nested)]
    edition: occupation_edition::Model,
}

async fn occupations(app: &App, release: ReferenceReleaseId) -> Result<Vec<KnownOccupation>> {
    use occupation_edition::{Column, Entity};
    let mut editions = every::<Entity>();
    editions
        .column((occupation::Entity, occupation::Column::Code))
        .join(
            JoinType::InnerJoin,
            occupation::Entity,
            Expr::col((occupation::Entity, occupation::Column::Id))
                .equals((Entity, Column::OccupationId)),
        )
        .and_where(Expr::col((Entity, Column::ReleaseId)).eq(release));
    let listed = ask::<Listed>(app, &editions).await?;
    Ok(listed.into_iter().map(Listed::into_known).collect())
}

impl Listed {
    fn into_known(self) -> KnownOccupation {
        let interests = self.edition.interests();
        let occupation_edition::Model { occupation_id, title, job_zone, .. } = self.edition;
        let (id, code) = (occupation_id, self.code);
        KnownOccupation { id, code, title, job_zone, interests, clusters: Vec::new() }
    }
}

async fn grouped(
    app: &App,
    release: ReferenceReleaseId,
    occupations: Vec<KnownOccupation>,
) -> Result<Catalogue> {
    let clusters = ask::<career_cluster::Model>(app, &every::<career_cluster::Entity>()).await?;
    let map = ask::<career_cluster_map::Model>(app, &passages(release)).await?;
    let members = ask::<occupation_cluster::Model>(app, &members(release)).await?;
    // A cluster that only an older or a newer release has is no part of this one.
    let ends = map.iter().flat_map(|one| [one.from_cluster_id, one.to_cluster_id]);
    let named: HashSet<_> = ends.chain(members.iter().map(|one| one.cluster_id)).collect();
    let clusters = clusters.into_iter();
    let clusters = clusters.filter(|one| one.release_id == release || named.contains(&one.id));
    let known = |one: career_cluster::Model| KnownCluster {
        id: one.id,
        framework: one.framework,
        code: one.code,
        title: one.title,
        occupations: Vec::new(),
    };
    let members: Vec<_> =
        members.into_iter().map(|one| (one.cluster_id, one.occupation_code)).collect();
    let map: Vec<_> = map
        .into_iter()
        .map(|one| (one.from_cluster_id, one.to_cluster_id, one.is_partial))
        .collect();
    Ok(Catalogue::new(occupations, clusters.map(known).collect(), &members, &map))
}

fn passages(release: ReferenceReleaseId) -> SelectStatement {
    use career_cluster_map::{Column, Entity};
    every::<Entity>().and_where(Expr::col((Entity, Column::ReleaseId)).eq(release)).take()
}

fn members(release: ReferenceReleaseId) -> SelectStatement {
    use occupation_cluster::{Column, Entity};
    every::<Entity>().and_where(Expr::col((Entity, Column::ReleaseId)).eq(release)).take()
}
