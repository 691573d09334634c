//! Reference data, which belong to nobody: every caller sees those of either side.

use entity::{
    career_cluster::{self, ClusterFramework},
    id::{CareerClusterId, ReferenceReleaseId},
    occupation, occupation_cluster, occupation_edition,
    reference_release::{self, ReferenceDataset},
};

use super::{Seed, day};

/// What other rows are about.
pub(super) struct Public {
    pub code: String,
    pub cluster: CareerClusterId,
}

pub(super) async fn write(seed: &mut Seed<'_>) -> Public {
    let release = write_release(seed).await;
    let (id, code) = seed.next();
    seed.put(occupation::Model {
        id,
        code: code.clone(),
        title: format!("{code} title"),
        job_zone: Some(4),
        release_id: release,
        is_current: true,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    seed.put(occupation_edition::Model {
        occupation_id: id,
        release_id: release,
        title: format!("{code} title"),
        job_zone: Some(4),
        realistic: Some(100),
        investigative: Some(200),
        artistic: Some(300),
        social: Some(400),
        enterprising: Some(500),
        conventional: Some(700),
    })
    .await;
    let cluster = write_cluster(seed, release, code.clone()).await;
    Public { code, cluster }
}

async fn write_release(seed: &mut Seed<'_>) -> ReferenceReleaseId {
    let (id, marker) = seed.next();
    seed.put(reference_release::Model {
        id,
        dataset: ReferenceDataset::CareerClusters,
        name: marker.clone(),
        released_on: day(2, 1),
        source: format!("{marker} source"),
        licence: format!("{marker} licence"),
        attribution: format!("{marker} attribution"),
        cip_version: None,
        soc_version: None,
        is_sample: false,
        is_current: true,
        digest: marker.into_bytes(),
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_cluster(
    seed: &mut Seed<'_>,
    release_id: ReferenceReleaseId,
    code: String,
) -> CareerClusterId {
    let (cluster_id, marker) = seed.next();
    seed.put(career_cluster::Model {
        id: cluster_id,
        framework: ClusterFramework::Fourteen,
        code: marker.clone(),
        title: format!("{marker} title"),
        is_cross_cutting: Some(false),
        release_id,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    let member = occupation_cluster::Model { release_id, cluster_id, occupation_code: code };
    seed.put(member).await;
    cluster_id
}
