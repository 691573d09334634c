//! A job of a district's client.

use entity::{
    id::{ApiClientId, DistrictId},
    job::{self, JobFailure, JobKind, JobState},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Seed, Side};
use crate::support::{Actor, TestApp};

pub(super) async fn write(seed: &mut Seed<'_>, district: DistrictId, client: ApiClientId) {
    let (id, marker) = seed.next();
    seed.put(job::Model {
        id,
        district_id: Some(district),
        partner_id: None,
        client_id: client,
        scopes: "bulk:manage".to_owned(),
        kind: JobKind::Import,
        state: JobState::Failed,
        request: format!("{{\"{marker}\":\"request\"}}"),
        client_reference: Some(format!("{marker} reference")),
        processed: 2,
        total: Some(2),
        created: 1,
        updated: 0,
        unchanged: 0,
        rejected: 1,
        not_written: 0,
        retired: 0,
        done_bytes: 10,
        done_lines: 2,
        result_bytes: Some(10),
        rejected_bytes: Some(5),
        result_sha256: None,
        attempts: 0,
        change_cursor: Some(format!("{marker} cursor")),
        failure: Some(JobFailure::TooManyMissing),
        failure_message: Some(format!("{marker} failure")),
        is_cancel_requested: false,
        claimed_by: None,
        claimed_until: None,
        started_at: Some(seed.now),
        completed_at: Some(seed.now),
        expires_at: seed.now,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}

impl Side {
    /// Makes the jobs of the side those of this client, which sees no others.
    pub async fn hand_jobs_to(&self, app: &TestApp, actor: &Actor) {
        let jobs = self.only(&["job"]).into_iter().map(|row| row.key);
        job::Entity::update_many()
            .col_expr(job::Column::ClientId, Expr::value(actor.caller.client))
            .filter(job::Column::Id.is_in(jobs))
            .exec(app.app.db.writer())
            .await
            .expect("the jobs of the seed");
    }
}
