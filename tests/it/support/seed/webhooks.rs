//! An endpoint of a district and what it was told.

use entity::{
    api_client::{self, ApiClientKind, ApiClientState},
    id::{ApiClientId, DistrictId, WebhookEndpointId},
    webhook_delivery::{self, DeliveryState},
    webhook_endpoint::{self, EndpointState},
};

use super::Seed;

pub(super) async fn write(seed: &mut Seed<'_>, district: DistrictId) -> ApiClientId {
    let client = write_client(seed, district).await;
    let endpoint = write_endpoint(seed, district, client).await;
    write_delivery(seed, district, endpoint).await;
    client
}

async fn write_client(seed: &Seed<'_>, district: DistrictId) -> ApiClientId {
    let id = seed.app.app.clock.id();
    seed.put(api_client::Model {
        id,
        kind: ApiClientKind::District,
        district_id: Some(district),
        partner_id: None,
        name: "seed".to_owned(),
        secret_hash: Some(vec![0; 32]),
        public_key: None,
        scopes: "webhooks:manage".to_owned(),
        state: ApiClientState::Active,
        last_used_at: None,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_endpoint(
    seed: &mut Seed<'_>,
    district: DistrictId,
    client_id: ApiClientId,
) -> WebhookEndpointId {
    let (id, marker) = seed.next();
    seed.put(webhook_endpoint::Model {
        id,
        district_id: Some(district),
        partner_id: None,
        client_id,
        url: format!("https://{marker}.example/hooks"),
        description: Some(format!("{marker} description")),
        types: None,
        exclude_origin: false,
        state: EndpointState::Active,
        disabled_reason: None,
        failing_since: None,
        secret_rotated_at: seed.now,
        cursor: format!("{marker} cursor"),
        change_no: 0,
        last_cursor: format!("{marker} cursor"),
        made: 1,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_delivery(seed: &mut Seed<'_>, district: DistrictId, endpoint: WebhookEndpointId) {
    let (id, marker) = seed.next();
    seed.put(webhook_delivery::Model {
        id,
        endpoint_id: endpoint,
        tenant_id: district.into(),
        seq: 1,
        kind: "district".to_owned(),
        event: "district.updated".to_owned(),
        entity_id: format!("{marker} entity"),
        body: format!("{marker} body"),
        state: DeliveryState::Delivered,
        attempts: 1,
        next_attempt_at: seed.now,
        claimed_until: None,
        last_status: Some(200),
        last_error: None,
        last_latency_ms: Some(12),
        last_answer: Some(format!("{marker} answer")),
        finished_at: Some(seed.now),
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
}
