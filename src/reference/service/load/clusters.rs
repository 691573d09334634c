//! Career clusters, the map between their frameworks, and the occupations in them.

use std::collections::HashMap;

use entity::{
    career_cluster::{ActiveModel, ClusterFramework, Entity, Model},
    career_cluster_map,
    id::CareerClusterId,
    occupation_cluster,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde::Serialize;

use super::{Begun, Load, Loaded, NewRelease, ask, begin};
use crate::{app::App, error::Result, reference::service::release::every, store::settled};

/// A cluster of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewCluster {
    /// Its framework.
    pub framework: ClusterFramework,
    /// Its title in small letters and hyphens; each occurs once in its framework.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// Whether it cuts across the others, where that is told.
    pub is_cross_cutting: Option<bool>,
}

/// Where a cluster of 2002 went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewPassage {
    /// The code of the older cluster.
    pub from: String,
    /// The code of the newer cluster.
    pub to: String,
    /// Whether only a part of the older one went there.
    pub is_partial: bool,
}

/// An occupation in a cluster.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NewMember {
    /// The framework of the cluster.
    pub framework: ClusterFramework,
    /// Its code.
    pub cluster: String,
    /// The O*NET-SOC code of the occupation.
    pub occupation: String,
}

/// A release of clusters; passages and members name clusters of the same release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NewClusters {
    /// The clusters of both frameworks.
    pub clusters: Vec<NewCluster>,
    /// Where those of 2002 went.
    pub map: Vec<NewPassage>,
    /// The occupations in them, each once in a cluster.
    pub members: Vec<NewMember>,
}

/// Loads a release of clusters.
pub async fn clusters(app: &App, release: &NewRelease, new: &NewClusters) -> Result<Loaded> {
    settled(|| async {
        let load = match begin(app, release, new).await? {
            Begun::Known(release) => return Ok(Loaded { release, is_new: false }),
            Begun::New(load) => load,
        };
        let ids = load.write_clusters(&new.clusters).await?;
        load.write_map(&ids, &new.map).await?;
        load.write_members(&ids, &new.members).await?;
        load.commit().await
    })
    .await
}

type Ids = HashMap<(ClusterFramework, String), CareerClusterId>;

impl Load<'_> {
    async fn write_clusters(&self, clusters: &[NewCluster]) -> Result<Ids> {
        let stored: Vec<Model> = ask(&self.tx, &every::<Entity>()).await?;
        let key = |one: &Model| (one.framework, one.code.clone());
        let stored: HashMap<_, _> = stored.into_iter().map(|one| (key(&one), one)).collect();
        let mut ids: Ids = HashMap::new();
        let mut fresh = Vec::new();
        for one in clusters {
            let key = (one.framework, one.code.clone());
            if let Some(row) = stored.get(&key) {
                if self.release.is_current {
                    self.renew_cluster(row, one).await?;
                }
                ids.insert(key, row.id);
                continue;
            }
            let id = self.app.clock.id();
            fresh.push(self.fresh(id, one));
            ids.insert(key, id);
        }
        self.insert_all::<Entity>(fresh).await?;
        Ok(ids)
    }

    fn fresh(&self, id: CareerClusterId, one: &NewCluster) -> ActiveModel {
        ActiveModel {
            id: Set(id),
            framework: Set(one.framework),
            code: Set(one.code.clone()),
            title: Set(one.title.clone()),
            is_cross_cutting: Set(one.is_cross_cutting),
            release_id: Set(self.release.id),
            created_at: Set(self.now),
            updated_at: Set(self.now),
            version: Set(1),
        }
    }

    async fn renew_cluster(&self, row: &Model, one: &NewCluster) -> Result<()> {
        let row = ActiveModel {
            id: Set(row.id),
            title: Set(one.title.clone()),
            is_cross_cutting: Set(one.is_cross_cutting),
            release_id: Set(self.release.id),
            updated_at: Set(self.now),
            version: Set(row.version + 1),
            ..Default::default()
        };
        row.update(&self.tx).await?;
        Ok(())
    }

    async fn write_map(&self, ids: &Ids, map: &[NewPassage]) -> Result<()> {
        let of = |framework, code: &String| {
            ids.get(&(framework, code.clone())).copied().unwrap_or_default()
        };
        let row = |one: &NewPassage| career_cluster_map::ActiveModel {
            release_id: Set(self.release.id),
            from_cluster_id: Set(of(ClusterFramework::Sixteen, &one.from)),
            to_cluster_id: Set(of(ClusterFramework::Fourteen, &one.to)),
            is_partial: Set(one.is_partial),
        };
        self.insert_all::<career_cluster_map::Entity>(map.iter().map(row).collect()).await
    }

    async fn write_members(&self, ids: &Ids, members: &[NewMember]) -> Result<()> {
        let row = |one: &NewMember| occupation_cluster::ActiveModel {
            release_id: Set(self.release.id),
            cluster_id: Set(ids
                .get(&(one.framework, one.cluster.clone()))
                .copied()
                .unwrap_or_default()),
            occupation_code: Set(one.occupation.clone()),
        };
        self.insert_all::<occupation_cluster::Entity>(members.iter().map(row).collect()).await
    }
}
