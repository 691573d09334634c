//! Which releases are loaded.

use entity::{
    id::ReferenceReleaseId,
    reference_release::{Column, Entity, Model, ReferenceDataset},
};
use sea_orm::{
    EntityTrait, FromQueryResult, Iterable,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use crate::{app::App, error::Result};

/// The newest release of each dataset, where there is one.
#[derive(Debug, Clone, Default)]
pub struct Current {
    /// Occupations and their scores.
    pub onet: Option<Model>,
    /// Career clusters.
    pub clusters: Option<Model>,
    /// Programmes of study and the occupations that they prepare for.
    pub cip_soc: Option<Model>,
}

/// Every column of a table.
pub(super) fn every<E: EntityTrait>() -> SelectStatement {
    let columns = E::Column::iter().map(|column| (E::default(), column));
    Query::select().columns(columns).from(E::default()).to_owned()
}

/// What answers, of the reader's last state.
pub(super) async fn ask<R: FromQueryResult>(app: &App, of: &SelectStatement) -> Result<Vec<R>> {
    app.db.reader().rows(of).await
}

/// The releases that are current now, in one small statement.
pub async fn current(app: &App) -> Result<Current> {
    let mut current = Current::default();
    for release in ask::<Model>(app, &newest()).await? {
        let place = match release.dataset {
            ReferenceDataset::Onet => &mut current.onet,
            ReferenceDataset::CareerClusters => &mut current.clusters,
            ReferenceDataset::CipSoc => &mut current.cip_soc,
        };
        *place = Some(release);
    }
    Ok(current)
}

fn newest() -> SelectStatement {
    every::<Entity>().and_where(Expr::col((Entity, Column::IsCurrent)).eq(true)).take()
}

/// The keys of the current releases of a dataset, inside another statement.
pub(super) fn current_keys(dataset: ReferenceDataset) -> SelectStatement {
    Query::select()
        .column((Entity, Column::Id))
        .from(Entity)
        .and_where(Expr::col((Entity, Column::IsCurrent)).eq(true))
        .and_where(Expr::col((Entity, Column::Dataset)).eq(dataset))
        .to_owned()
}

/// All releases of a dataset, the newest first.
pub async fn all_of(app: &App, dataset: ReferenceDataset) -> Result<Vec<Model>> {
    let of_dataset = Expr::col((Entity, Column::Dataset)).eq(dataset);
    let mut all = ask::<Model>(app, &every::<Entity>().and_where(of_dataset).take()).await?;
    all.sort_by_key(|one| std::cmp::Reverse((one.is_current, one.released_on, one.id)));
    Ok(all)
}

/// The release of this key.
pub async fn of_key(app: &App, id: ReferenceReleaseId) -> Result<Option<Model>> {
    let with_key = Expr::col((Entity, Column::Id)).eq(id);
    Ok(ask::<Model>(app, &every::<Entity>().and_where(with_key).take()).await?.pop())
}
