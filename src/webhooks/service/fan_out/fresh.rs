//! A delivery as it begins.

use chrono::{DateTime, Utc};
use entity::{
    webhook_delivery::{self, DeliveryState},
    webhook_endpoint::Model,
};

use crate::{app::App, auth::Tenant, webhooks::service::key_of};

/// What is new about a delivery.
pub struct Fresh<'a> {
    /// The kind of row that it tells of.
    pub kind: &'a str,
    /// What it tells.
    pub event: String,
    /// The global id of the row.
    pub entity_id: String,
    /// What is posted.
    pub body: String,
    /// Its place among the deliveries of the endpoint.
    pub seq: i64,
}

impl Fresh<'_> {
    /// The row, due at once.
    pub fn row(self, app: &App, endpoint: &Model, now: DateTime<Utc>) -> webhook_delivery::Model {
        let owner = endpoint.district_id.map(Tenant::District);
        let owner = owner.or(endpoint.partner_id.map(Tenant::Partner)).unwrap_or(Tenant::Platform);
        webhook_delivery::Model {
            id: app.clock.id(),
            endpoint_id: endpoint.id,
            tenant_id: key_of(owner),
            seq: self.seq,
            kind: self.kind.to_owned(),
            event: self.event,
            entity_id: self.entity_id,
            body: self.body,
            state: DeliveryState::Pending,
            attempts: 0,
            next_attempt_at: now,
            claimed_until: None,
            last_status: None,
            last_error: None,
            last_latency_ms: None,
            last_answer: None,
            finished_at: None,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}
