//! Endpoints in the hands of clients: of their own tenant, at their version, and never a way to
//! what a client may not read.

use std::collections::BTreeSet;

use pathbridge::{
    auth::{Scope, Tenant, client},
    typeid,
};
use serde_json::{Value as Json, json};

use super::{
    receiver::Receiver,
    world::{World, act_as},
};
use crate::support::both;

const ENDPOINT: &str = "webhookEndpoint {
    id url description types excludeOrigin state clientId version
}";

both! {
    async fn an_endpoint_is_changed_at_its_version_and_deleted_with_all_it_has(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        world.student("s1", "Lovelace").await;
        world.turn().await;
        let change = |version: &str, input: Json| {
            json!({ "id": endpoint.id, "expectedVersion": version, "input": input })
        };
        let input = json!({ "description": "The portal", "types": null, "excludeOrigin": true });
        let changed = world.act("webhookEndpointUpdate", ENDPOINT, change("1", input)).await;
        let changed = &changed["webhookEndpoint"];
        assert_eq!(changed["version"], "2");
        assert_eq!(changed["description"], "The portal");
        assert_eq!((&changed["types"], &changed["excludeOrigin"]), (&Json::Null, &json!(true)));
        assert_eq!(changed["url"], json!(receiver.url));

        let stale = change("1", json!({ "types": ["STUDENT", "SCHOOL"] }));
        let stale = world.try_act("webhookEndpointUpdate", ENDPOINT, stale).await;
        assert_eq!(stale["userErrors"][0]["code"], "VERSION_CONFLICT");
        let wrong = change("2", json!({ "types": [], "url": "x", "description": "d".repeat(1001) }));
        let wrong = world.try_act("webhookEndpointUpdate", ENDPOINT, wrong).await;
        let paths: Vec<_> =
            wrong["userErrors"].as_array().unwrap().iter().map(|one| &one["path"][1]).collect();
        assert_eq!(paths, ["url", "description", "types"]);

        let watcher = Receiver::start().await;
        world.endpoint_with(json!({ "url": watcher.url, "types": ["WEBHOOK_ENDPOINT"] })).await;
        let this = json!({ "id": endpoint.id });
        world.act("webhookEndpointDelete", ENDPOINT, this.clone()).await;
        assert!(world.deliveries(json!({})).await.is_empty());
        world.turn().await;
        let told: BTreeSet<_> = watcher.got().iter().map(|one| one.told("/type")).collect();
        let told: Vec<_> = told.iter().map(String::as_str).collect();
        assert_eq!(told, ["webhook.created", "webhook.deleted"], "the log tells of it");
        let again = world.try_act("webhookEndpointDelete", ENDPOINT, this).await;
        assert_eq!(again["userErrors"][0]["code"], "NOT_FOUND");
        world.student("s1", "Byron").await;
        assert_eq!(world.turn().await, 0);
    }

    async fn another_tenant_sees_and_touches_nothing(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        world.student("s1", "Lovelace").await;
        world.turn().await;
        let delivery = world.deliveries(json!({})).await[0]["id"].clone();
        let partner = world.app.partner("Mercy").await;
        world.app.affiliate(world.district, partner).await;
        let strangers = [
            world.app.client(Tenant::District(world.app.district("south").await)).await,
            world.app.client(Tenant::Partner(partner)).await,
        ];
        for stranger in &strangers {
            let look = "query($endpoint: ID!, $delivery: ID!) {
                webhookEndpoint(id: $endpoint) { id } webhookDelivery(id: $delivery) { id }
                webhookEndpoints(first: 5) { nodes { id } }
                webhookDeliveries(first: 5) { nodes { id } }
            }";
            let ids = json!({ "endpoint": endpoint.id, "delivery": delivery });
            let seen = stranger.ok(look, ids).await;
            assert!(seen["webhookEndpoint"].is_null() && seen["webhookDelivery"].is_null());
            assert_eq!(seen["webhookEndpoints"]["nodes"], json!([]));
            assert_eq!(seen["webhookDeliveries"]["nodes"], json!([]));
            let this = json!({ "id": endpoint.id });
            for mutation in ["webhookEndpointDisable", "webhookEndpointDelete"] {
                let refused = act_as(stranger, mutation, "webhookEndpoint { id }", this.clone());
                assert_eq!(refused.await["userErrors"][0]["code"], "NOT_FOUND", "{mutation}");
            }
            let again = json!({ "ids": [delivery] });
            let refused = act_as(stranger, "webhookRedeliver", "webhookDeliveries { id }", again);
            assert_eq!(refused.await["userErrors"][0]["code"], "REFERENCE_NOT_FOUND");
            let rotate = json!({ "endpointId": endpoint.id });
            let refused = act_as(stranger, "webhookSecretRotate", "secret", rotate).await;
            assert!(refused["secret"].is_null(), "{refused}");
        }
        assert_eq!(world.turn().await, 0);
    }

    async fn who_sets_an_endpoint_up_anew_is_whose_view_it_tells(app: TestApp) {
        let world = World::new(app).await;
        let [receiver, other] = [Receiver::start().await, Receiver::start().await];
        let endpoint = world.endpoint_with(json!({ "url": receiver.url })).await;
        world.student("s1", "Lovelace").await;
        world.turn().await;
        let scopes = [Scope::WebhooksManage, Scope::RosterRead];
        let lesser = world.app.granted(Tenant::District(world.district), &scopes).await;
        let look = "{ webhookEndpoints(first: 5) { nodes { id } }
            webhookDeliveries(first: 5) { nodes { type } } }";
        let seen = lesser.ok(look, json!({})).await;
        assert_eq!(seen["webhookEndpoints"]["nodes"][0]["id"], json!(endpoint.id));
        let types = seen["webhookDeliveries"]["nodes"].to_string();
        assert!(!types.contains("student"), "deliveries of what it may not read: {types}");

        let here = json!({ "id": endpoint.id, "input": { "url": other.url } });
        let taken = act_as(&lesser, "webhookEndpointUpdate", ENDPOINT, here).await;
        let client = typeid::encode(lesser.caller.client);
        assert_eq!(taken["webhookEndpoint"]["clientId"], json!(client));
        world.student("s1", "Byron").await;
        world.turn().await;
        let told: Vec<_> = other.got().iter().map(|one| one.told("/type")).collect();
        assert!(!told.iter().any(|one| one.starts_with("student")), "{told:?}");
    }

    async fn a_revoked_client_is_told_nothing_and_others_hear_of_it(app: TestApp) {
        let world = World::new(app).await;
        let [receiver, watcher] = [Receiver::start().await, Receiver::start().await];
        let endpoint = world.endpoint(&receiver).await;
        let second = world.app.client(Tenant::District(world.district)).await;
        let setup = "mutation($url: String!) {
            webhookEndpointCreate(input: { url: $url, types: [WEBHOOK_ENDPOINT] }) {
                webhookEndpoint { id }
            }
        }";
        second.ok(setup, json!({ "url": watcher.url })).await;
        world.student("s1", "Lovelace").await;
        let first = typeid::encode(world.actor.caller.client);
        client::revoke(&world.app.app, &first).await.unwrap();
        world.turn().await;
        world.turn().await;
        assert!(receiver.got().is_empty());
        let told = watcher.got();
        let stop = told.iter().rfind(|one| one.told("/data/id") == endpoint.id).expect("told");
        assert_eq!(stop.told("/type"), "webhook.updated");
        assert_eq!(stop.json()["data"]["changedFields"], json!(["state", "disabledReason"]));

        // Another client of the tenant takes it over, and it goes on where it stopped.
        world.act("webhookEndpointEnable", ENDPOINT, json!({ "id": endpoint.id })).await;
        world.turn().await;
        assert_eq!(receiver.got().len(), 1);
    }

    async fn a_key_does_it_once_and_shows_a_secret_once(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let create = "mutation($url: String!) {
            webhookEndpointCreate(input: { url: $url }) { webhookEndpoint { id } secret }
        }";
        let once = async |document: &str, variables: Json| {
            let mut answers = Vec::new();
            for _ in 0..2 {
                let answer = world.actor.gql_once(document, variables.clone(), Some("k")).await;
                assert!(answer.body.get("errors").is_none(), "{:#}", answer.body);
                answers.push(answer.body["data"].clone());
            }
            answers
        };
        let made = once(create, json!({ "url": receiver.url })).await;
        let made: Vec<_> = made.iter().map(|one| &one["webhookEndpointCreate"]).collect();
        assert_eq!(made[0]["webhookEndpoint"], made[1]["webhookEndpoint"]);
        assert!(made[0]["secret"].is_string() && made[1]["secret"].is_null());
        let endpoint = &made[0]["webhookEndpoint"]["id"];
        let ping = "mutation($id: ID!) {
            webhookEndpointPing(endpointId: $id) { webhookDelivery { id } }
        }";
        let pings = once(ping, json!({ "id": endpoint })).await;
        assert_eq!(pings[0], pings[1]);
        world.turn().await;
        assert_eq!(receiver.take().iter().filter(|one| one.told("/type") == "endpoint.ping").count(), 1);
        let again = "mutation($id: ID!) { webhookRedeliver(ids: [$id]) { webhookDeliveries { id } } }";
        let ping = &pings[0]["webhookEndpointPing"]["webhookDelivery"]["id"];
        let sent = once(again, json!({ "id": ping })).await;
        assert_eq!(sent[0], sent[1]);
        world.turn().await;
        assert_eq!(receiver.take().len(), 1);
    }

    async fn a_tenant_has_fifty_endpoints_at_most(app: TestApp) {
        let world = World::new(app).await;
        let create = "mutation { webhookEndpointCreate(input: { url: \"https://example.org/\" }) {
            userErrors { code path }
        } }";
        for _ in 0..50 {
            let made = world.actor.ok(create, json!({})).await;
            assert_eq!(made["webhookEndpointCreate"]["userErrors"], json!([]));
        }
        let refused = world.actor.ok(create, json!({})).await;
        let refused = &refused["webhookEndpointCreate"]["userErrors"][0];
        assert_eq!(refused["code"], "LIMIT_EXCEEDED");
    }
}
