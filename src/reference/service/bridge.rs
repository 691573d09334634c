//! The crosswalk between programmes and occupations: read once, then kept in memory.

use std::sync::Arc;

use entity::{cip_program, cip_soc, id::ReferenceReleaseId, reference_release, soc_occupation};
use moka::sync::Cache;
use sea_orm::{
    EntityTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use super::release::{self, ask, every};
use crate::{app::App, error::Result, reference::rules::bridge::Bridge};

struct Bridges(Cache<ReferenceReleaseId, Arc<Bridge>>);

impl Default for Bridges {
    fn default() -> Self {
        Self(Cache::new(4))
    }
}

/// The crosswalk of the current release, when one is loaded.
pub async fn current(app: &App) -> Result<Option<Arc<Bridge>>> {
    of(app, release::current(app).await?.cip_soc).await
}

/// The crosswalk of this release.
pub(super) async fn of(
    app: &App,
    release: Option<reference_release::Model>,
) -> Result<Option<Arc<Bridge>>> {
    let Some(release) = release else { return Ok(None) };
    let kept = app.shelf.of::<Bridges>();
    if let Some(known) = kept.0.get(&release.id) {
        return Ok(Some(known));
    }
    let id = release.id;
    let read = Arc::new(read(app, release).await?);
    kept.0.insert(id, read.clone());
    Ok(Some(read))
}

async fn read(app: &App, release: reference_release::Model) -> Result<Bridge> {
    let programs = rows_of::<cip_program::Entity>(cip_program::Column::ReleaseId, release.id);
    let programs = ask::<cip_program::Model>(app, &programs).await?;
    let socs = rows_of::<soc_occupation::Entity>(soc_occupation::Column::ReleaseId, release.id);
    let socs = ask::<soc_occupation::Model>(app, &socs).await?;
    let pairs = rows_of::<cip_soc::Entity>(cip_soc::Column::ReleaseId, release.id);
    let pairs = ask::<cip_soc::Model>(app, &pairs).await?;
    Ok(Bridge::new(
        release,
        programs.into_iter().map(|one| (one.code, one.title)),
        socs.into_iter().map(|one| (one.code, one.title)),
        pairs.into_iter().map(|one| (one.cip_code, one.soc_code)),
    ))
}

fn rows_of<E: EntityTrait>(column: E::Column, release: ReferenceReleaseId) -> SelectStatement {
    every::<E>().and_where(Expr::col((E::default(), column)).eq(release)).take()
}
