//! What clients set up for themselves: jobs, webhooks, sandboxes.

use pathbridge::sandbox;
use serde_json::json;

use crate::{
    changes::story::{Story, change},
    support::TestApp,
};

pub async fn jobs(story: &mut Story<'_>) {
    let file = json!({ "input": { "type": "STUDENT", "format": "CSV", "sizeBytes": "9",
        "sha256": "0".repeat(64) } });
    let created = "CREATED job expiresAt,isCancelRequested,kind,state";
    let job = story.perform("bulkImportCreate", file, &[created]).await;
    let told = ["UPDATED job completedAt,expiresAt,state"];
    story.perform("jobCancel", json!({ "id": job }), &told).await;
    let lists =
        json!({ "input": { "query": "{ students { nodes { id } } }", "format": "NDJSON" } });
    story.perform("bulkExportCreate", lists, &[created]).await;
}

/// Tests and repeats of deliveries change no object that anybody keeps in step with.
pub async fn webhooks(story: &mut Story<'_>) {
    let portal = json!({ "input": { "url": "https://example.org/hooks", "types": ["STUDENT"] } });
    let created = "CREATED webhook cursor,excludeOrigin,secretRotatedAt,state,types,url";
    let portal = story.perform("webhookEndpointCreate", portal, &[created]).await;
    let name = change(&portal, &json!({ "description": "Portal" }));
    story.perform("webhookEndpointUpdate", name, &["UPDATED webhook description"]).await;
    let rotate = json!({ "endpointId": portal });
    let told = ["UPDATED webhook secretRotatedAt"];
    story.perform("webhookSecretRotate", rotate, &told).await;
    let here = "{ changeCursorNow }";
    let here = story.actor.ok(here, json!({})).await["changeCursorNow"].take();
    let back = json!({ "endpointId": portal, "fromCursor": here });
    story.perform("webhookReplay", back, &["UPDATED webhook cursor"]).await;
    let ping = story.send("webhookEndpointPing", json!({ "endpointId": portal })).await;
    story.send("webhookRedeliver", json!({ "ids": [ping["id"]] })).await;
    let moved = ["UPDATED webhook disabledReason,state"];
    story.perform("webhookEndpointDisable", json!({ "id": portal }), &moved).await;
    story.perform("webhookEndpointEnable", json!({ "id": portal }), &moved).await;
    // Sent again it has no row to answer, so it is a story of its own: see `webhooks`.
    story.send("webhookEndpointDelete", json!({ "id": portal })).await;
    let silent = ["webhookEndpointPing", "webhookRedeliver", "webhookEndpointDelete"];
    story.performed.extend(silent.map(str::to_owned));
}

/// The district and the partners of a sandbox are told to those who see them: its own clients.
pub async fn sandboxes(app: &TestApp, story: &mut Story<'_>) {
    story.skip().await;
    let made = json!({ "input": { "name": "Try-out", "students": 1 } });
    let district = "CREATED district identifier,isSandbox,kind,name,slug,timeZone";
    let partner = "CREATED partner description,kind,naics,name,status,website";
    let sandbox = "CREATED sandbox name,seed,state,students";
    let told = [district, partner, partner, partner, partner, partner, sandbox];
    let made = story.perform("sandboxCreate", made, &told).await;
    sandbox::worker::round(&app.app).await.expect("the sandbox is filled");
    story.skip().await;
    let clients = "query($id: ID!) { sandbox(id: $id) { clients { clientId } } }";
    let clients = story.actor.ok(clients, json!({ "id": made })).await;
    let client = &clients["sandbox"]["clients"][0]["clientId"];
    let rotate = json!({ "id": made, "clientId": client });
    story.perform("sandboxClientRotate", rotate, &["UPDATED sandbox clients"]).await;
    let moved = ["UPDATED sandbox state"];
    story.perform("sandboxReset", json!({ "id": made }), &moved).await;
    story.perform("sandboxDelete", json!({ "id": made }), &moved).await;
}
