//! Occupations and their scores.

use std::collections::{HashMap, HashSet};

use entity::{
    occupation::{ActiveModel, Column, Entity, Model},
    occupation_edition,
    riasec::{InterestArea, Riasec},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde::Serialize;

use super::{Begun, Load, Loaded, NewRelease, ask, begin};
use crate::{
    app::App,
    error::Result,
    reference::service::release::every,
    store::{any_text, settled},
};

/// An occupation of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewOccupation {
    /// Its O*NET-SOC code; each occurs once.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// How much preparation it takes, from 1 to 5.
    pub job_zone: Option<i32>,
    /// Its scores, from 1.00 to 7.00 in hundredths.
    pub interests: Option<Riasec>,
}

/// Loads a release of occupations. What only older releases list stays, no longer current.
pub async fn onet(
    app: &App,
    release: &NewRelease,
    occupations: &[NewOccupation],
) -> Result<Loaded> {
    settled(|| async {
        let load = match begin(app, release, &occupations).await? {
            Begun::Known(release) => return Ok(Loaded { release, is_new: false }),
            Begun::New(load) => load,
        };
        let stored = load.stored().await?;
        if load.release.is_current {
            load.renew(&stored, occupations).await?;
        }
        let ids = load.add(&stored, occupations).await?;
        load.insert_all::<occupation_edition::Entity>(
            occupations.iter().map(|one| load.edition(one, &ids)).collect(),
        )
        .await?;
        load.commit().await
    })
    .await
}

type Ids = HashMap<String, entity::id::OccupationId>;

impl Load<'_> {
    async fn stored(&self) -> Result<HashMap<String, Model>> {
        let stored: Vec<Model> = ask(&self.tx, &every::<Entity>()).await?;
        Ok(stored.into_iter().map(|one| (one.code.clone(), one)).collect())
    }

    /// Brings the stored occupations to the state of this release, which is the newest.
    async fn renew(
        &self,
        stored: &HashMap<String, Model>,
        occupations: &[NewOccupation],
    ) -> Result<()> {
        let mut same = Vec::new();
        for one in occupations {
            match stored.get(&one.code) {
                Some(row) if row.title == one.title && row.job_zone == one.job_zone => {
                    same.push(one.code.as_str());
                }
                Some(row) => self.rename(row, one).await?,
                None => {}
            }
        }
        let code = Expr::col((Entity, Column::Code));
        let release = self.release.id;
        let update = Entity::update_many()
            .col_expr(Column::ReleaseId, Expr::val(release))
            .col_expr(Column::IsCurrent, Expr::val(true))
            .col_expr(Column::UpdatedAt, Expr::val(self.now))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
            .filter(any_text(self.app.db.backend(), code, &same));
        update.exec(&self.tx).await?;
        let update = Entity::update_many()
            .col_expr(Column::IsCurrent, Expr::val(false))
            .col_expr(Column::UpdatedAt, Expr::val(self.now))
            .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64))
            .filter(Column::IsCurrent.eq(true))
            .filter(Column::ReleaseId.ne(release));
        update.exec(&self.tx).await?;
        Ok(())
    }

    async fn rename(&self, row: &Model, one: &NewOccupation) -> Result<()> {
        let row = ActiveModel {
            id: Set(row.id),
            title: Set(one.title.clone()),
            job_zone: Set(one.job_zone),
            release_id: Set(self.release.id),
            is_current: Set(true),
            updated_at: Set(self.now),
            version: Set(row.version + 1),
            ..Default::default()
        };
        row.update(&self.tx).await?;
        Ok(())
    }

    /// Adds what no release had before, and tells the ids of all.
    async fn add(
        &self,
        stored: &HashMap<String, Model>,
        occupations: &[NewOccupation],
    ) -> Result<Ids> {
        let mut ids: Ids = stored.iter().map(|(code, one)| (code.clone(), one.id)).collect();
        let known: HashSet<_> = stored.keys().collect();
        let mut fresh = Vec::new();
        for one in occupations.iter().filter(|one| !known.contains(&one.code)) {
            let id = self.app.clock.id();
            ids.insert(one.code.clone(), id);
            fresh.push(ActiveModel {
                id: Set(id),
                code: Set(one.code.clone()),
                title: Set(one.title.clone()),
                job_zone: Set(one.job_zone),
                release_id: Set(self.release.id),
                is_current: Set(self.release.is_current),
                created_at: Set(self.now),
                updated_at: Set(self.now),
                version: Set(1),
            });
        }
        self.insert_all::<Entity>(fresh).await?;
        Ok(ids)
    }

    fn edition(&self, one: &NewOccupation, ids: &Ids) -> occupation_edition::ActiveModel {
        let score = |area| Set(one.interests.map(|interests| interests.of(area)));
        occupation_edition::ActiveModel {
            occupation_id: Set(ids.get(&one.code).copied().unwrap_or_default()),
            release_id: Set(self.release.id),
            title: Set(one.title.clone()),
            job_zone: Set(one.job_zone),
            realistic: score(InterestArea::Realistic),
            investigative: score(InterestArea::Investigative),
            artistic: score(InterestArea::Artistic),
            social: score(InterestArea::Social),
            enterprising: score(InterestArea::Enterprising),
            conventional: score(InterestArea::Conventional),
        }
    }
}
