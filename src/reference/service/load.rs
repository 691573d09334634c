//! Loading a release: whole or not at all, and only once.
//!
//! A release is known by what is in it. The same data again change nothing, under whatever name;
//! other data under a name that is taken are refused, for a release never changes. Reference data
//! belong to no tenant, so nothing of this is told in the log of changes.

mod cip_soc;
mod clusters;
mod onet;

pub use cip_soc::{NewCipSoc, cip_soc};
pub use clusters::{NewCluster, NewClusters, NewMember, NewPassage, clusters};
pub use onet::{NewOccupation, onet};

use aws_lc_rs::digest;
use chrono::{DateTime, NaiveDate, Utc};
use entity::reference_release::{ActiveModel, Column, Entity, Model, ReferenceDataset};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, QueryFilter,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde::Serialize;

use super::release::every;
use crate::{
    app::App,
    error::{Detail, Error, Problem, ProblemCode, Result},
    store::Backend,
    typeid,
};

/// PostgreSQL's key of the lock under which releases are loaded one after the other; any number
/// that nobody else takes.
const LOCK: i64 = 0x7265_6665_7265_6e63;

/// Rows that one statement inserts: few enough for SQLite's limit on bound values.
const INSERTED_AT_ONCE: usize = 500;

/// A release that is to be loaded.
#[derive(Debug, Clone)]
pub struct NewRelease {
    /// What it is a release of.
    pub dataset: ReferenceDataset,
    /// What its publisher calls it.
    pub name: String,
    /// The day of the publication.
    pub released_on: NaiveDate,
    /// Where it is published.
    pub source: &'static str,
    /// Under which terms.
    pub licence: &'static str,
    /// What those terms ask to be said wherever the data are shown.
    pub attribution: &'static str,
    /// The edition of the CIP that a crosswalk begins at.
    pub cip_version: Option<String>,
    /// The edition of the SOC that a crosswalk leads to.
    pub soc_version: Option<String>,
    /// Whether it is the compilation that the program brings along.
    pub is_sample: bool,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The release as it is stored.
    pub release: Model,
    /// Whether it was loaded now; else it was there before.
    pub is_new: bool,
}

/// A transaction that loads a release.
struct Load<'a> {
    app: &'a App,
    tx: DatabaseTransaction,
    now: DateTime<Utc>,
    release: Model,
}

enum Begun<'a> {
    New(Load<'a>),
    Known(Model),
}

async fn begin<'a>(
    app: &'a App,
    new: &NewRelease,
    data: &(impl Serialize + Sync),
) -> Result<Begun<'a>> {
    let text = serde_json::to_vec(data).map_err(Error::internal)?;
    let digest = digest::digest(&digest::SHA256, &text).as_ref().to_vec();
    let tx = app.db.begin().await?;
    if app.db.backend() == Backend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    let of_dataset = Expr::col((Entity, Column::Dataset)).eq(new.dataset);
    let stored: Vec<Model> = ask(&tx, &every::<Entity>().and_where(of_dataset).take()).await?;
    if let Some(known) = stored.iter().find(|one| one.digest == digest) {
        return Ok(Begun::Known(known.clone()));
    }
    if let Some(taken) = stored.iter().find(|one| one.name == new.name) {
        return Err(name_is_taken(taken));
    }
    let is_current = stored.iter().find(|one| one.is_current).is_none_or(|current| {
        let age = |is_sample: bool, released_on| (!is_sample, released_on);
        age(new.is_sample, new.released_on) >= age(current.is_sample, current.released_on)
    });
    let now = app.clock.now();
    let release = insert(app, &tx, new, digest, is_current, now).await?;
    Ok(Begun::New(Load { app, tx, now, release }))
}

async fn insert(
    app: &App,
    tx: &DatabaseTransaction,
    new: &NewRelease,
    digest: Vec<u8>,
    is_current: bool,
    now: DateTime<Utc>,
) -> Result<Model> {
    if is_current {
        let others = Entity::update_many()
            .col_expr(Column::IsCurrent, Expr::val(false))
            .filter(Column::Dataset.eq(new.dataset))
            .filter(Column::IsCurrent.eq(true));
        others.exec(tx).await?;
    }
    let row = ActiveModel {
        id: Set(app.clock.id()),
        dataset: Set(new.dataset),
        name: Set(new.name.clone()),
        released_on: Set(new.released_on),
        source: Set(new.source.to_owned()),
        licence: Set(new.licence.to_owned()),
        attribution: Set(new.attribution.to_owned()),
        cip_version: Set(new.cip_version.clone()),
        soc_version: Set(new.soc_version.clone()),
        is_sample: Set(new.is_sample),
        is_current: Set(is_current),
        digest: Set(digest),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    Ok(row.insert(tx).await?)
}

impl Load<'_> {
    async fn insert_all<E>(&self, rows: Vec<E::ActiveModel>) -> Result<()>
    where
        E: EntityTrait,
        E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    {
        let mut rows = rows.into_iter();
        loop {
            let chunk: Vec<_> = rows.by_ref().take(INSERTED_AT_ONCE).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            E::insert_many(chunk).exec_without_returning(&self.tx).await?;
        }
    }

    async fn commit(self) -> Result<Loaded> {
        self.tx.commit().await?;
        Ok(Loaded { release: self.release, is_new: true })
    }
}

async fn ask<R: FromQueryResult>(tx: &DatabaseTransaction, of: &SelectStatement) -> Result<Vec<R>> {
    let rows = tx.query_all(of).await?;
    rows.iter().map(|row| Ok(R::from_query_result(row, "")?)).collect()
}

fn name_is_taken(taken: &Model) -> Error {
    let message = format!(
        "a release `{}` with other data is loaded, and a release never changes: give this one \
         another name",
        taken.name
    );
    let detail = Detail::Duplicate { existing: Some(typeid::encode(taken.id)) };
    Problem::with(ProblemCode::AlreadyExists, "release", message, detail).into()
}
