//! Which occupations stand in which clusters, as the current release of the clusters has it.

use entity::{occupation_cluster, reference_release::ReferenceDataset};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter,
    sea_query::{Expr, Query, SelectStatement},
};

use super::release::current_keys;
use crate::{
    auth::Caller,
    error::Result,
    store::{Reader, any_text, visible},
};

fn is_current() -> sea_orm::sea_query::SimpleExpr {
    let current = current_keys(ReferenceDataset::CareerClusters);
    occupation_cluster::Column::ReleaseId.in_subquery(current)
}

/// The codes of the occupations in the clusters that fit.
#[must_use]
pub fn codes_in(fits: Condition) -> SelectStatement {
    Query::select()
        .column((occupation_cluster::Entity, occupation_cluster::Column::OccupationCode))
        .from(occupation_cluster::Entity)
        .cond_where(fits)
        .and_where(is_current())
        .to_owned()
}

/// The clusters of these occupations.
pub async fn of_codes(
    reader: Reader<'_>,
    caller: &Caller,
    codes: &[&str],
) -> Result<Vec<occupation_cluster::Model>> {
    let code = (occupation_cluster::Entity, occupation_cluster::Column::OccupationCode);
    let among = any_text(reader.backend, Expr::col(code), codes);
    reader.all(visible::<occupation_cluster::Entity>(caller).filter(is_current()), among).await
}
