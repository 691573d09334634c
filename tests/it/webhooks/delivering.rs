//! What is delivered: everything the client could pull, in order, each with the one before it.

use std::collections::BTreeSet;

use pathbridge::auth::{Scope, Tenant};
use serde_json::json;

use super::{
    receiver::Receiver,
    world::{World, assert_gapless, in_chain},
};
use crate::support::both;

both! {
    async fn a_change_is_posted_thin_and_signed(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let student = world.student("s1", "Lovelace").await;
        assert_eq!(world.turn().await, 1);

        let [got] = &receiver.got()[..] else { panic!("{:?}", receiver.got()) };
        let body = got.json();
        assert_eq!(body["type"], "student.created");
        assert_eq!(body["timestamp"], "2026-09-01T08:00:00.000000Z");
        let data = &body["data"];
        assert_eq!(data["id"], json!(student));
        assert_eq!(data["externalIds"], json!([{ "system": "sis", "value": "s1" }]));
        assert_eq!(data["version"], "1");
        assert_eq!(
            data["changedFields"],
            json!(["district", "givenName", "familyName", "status"])
        );
        assert_eq!(data["previousCursor"], json!(endpoint.cursor));
        assert!(!got.body.contains("Lovelace") && !got.body.contains("Ada"), "{}", got.body);

        assert_eq!(got.headers["content-type"], "application/json");
        assert_eq!(got.headers["webhook-timestamp"], "1788249600");
        assert!(got.headers["user-agent"].starts_with("Pathbridge-Webhooks/"));
        let told = world.deliveries(json!({})).await;
        let [delivery] = &told[..] else { panic!("{told:?}") };
        assert_eq!(delivery["id"], got.id());
        assert_eq!(delivery["state"], "DELIVERED");
        assert_eq!(delivery["lastStatus"], 204);
        assert_eq!(delivery["attempts"], 1);
        assert_eq!(delivery["body"], json!(got.body));

        // Nothing is sent twice, and nothing is left to do.
        assert_eq!(world.turn().await, 0);
    }

    async fn everything_arrives_in_one_chain_and_each_object_in_order(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let keys: Vec<String> = (0..40).map(|key| format!("s{key}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        for round in 0..6 {
            world.students(&keys, &format!("Name{round}")).await;
            if round % 2 == 1 {
                world.turn().await;
            }
        }
        world.turn().await;
        let got = receiver.got();
        assert_eq!(got.len(), 240, "each once: nobody failed");
        let chain = in_chain(&endpoint.cursor, &got);
        assert_gapless(&endpoint.cursor, &chain);
        assert_eq!(chain.len(), 240);
        let ids: BTreeSet<_> = got.iter().map(|one| one.id().to_owned()).collect();
        assert_eq!(ids.len(), 240);
        let students: BTreeSet<_> = got.iter().map(|one| one.told("/data/id")).collect();
        assert_eq!(students.len(), 40);
        for student in students {
            let of_student = got.iter().filter(|one| one.told("/data/id") == student);
            let versions: Vec<_> = of_student.map(|one| one.told("/data/version")).collect();
            assert_eq!(versions, ["1", "2", "3", "4", "5", "6"]);
        }
    }

    async fn an_endpoint_is_told_what_its_client_may_read_and_asked_for(app: TestApp) {
        let world = World::new(app).await;
        let [all, students, others, blind] =
            [Receiver::start().await, Receiver::start().await, Receiver::start().await,
             Receiver::start().await];
        world.endpoint_with(json!({ "url": all.url })).await;
        world.endpoint(&students).await;
        let of_others = json!({ "url": others.url, "types": ["STUDENT"], "excludeOrigin": true });
        world.endpoint_with(of_others).await;
        // A client without the scope for students sets one up for everything.
        let scopes = [Scope::WebhooksManage, Scope::RosterRead];
        let lesser = world.app.granted(Tenant::District(world.district), &scopes).await;
        let setup = "mutation($url: String!) {
            webhookEndpointCreate(input: { url: $url }) { userErrors { message } }
        }";
        lesser.ok(setup, json!({ "url": blind.url })).await;

        world.student("s1", "Lovelace").await;
        world.turn().await;
        assert_eq!(students.got().len(), 1);
        assert_eq!(others.got().len(), 0, "its own change does not echo");
        let told = |receiver: &Receiver| -> BTreeSet<String> {
            receiver.got().iter().map(|one| one.told("/type")).collect()
        };
        assert!(told(&all).contains("student.created"), "{:?}", told(&all));
        assert!(!told(&blind).iter().any(|one| one.starts_with("student")), "{:?}", told(&blind));

        // Another client's change is no echo.
        let second = world.app.client(Tenant::District(world.district)).await;
        let rename = "mutation($input: [StudentUpsertInput!]!) {
            studentBulkUpsert(input: $input) { counts { updated } }
        }";
        let input = json!([{ "key": { "externalId": { "system": "sis", "value": "s1" } },
            "student": { "familyName": "Byron" } }]);
        second.ok(rename, json!({ "input": input })).await;
        world.turn().await;
        assert_eq!(told(&others), BTreeSet::from(["student.updated".to_owned()]));
    }

    async fn a_replay_tells_everything_anew_from_a_cursor_on(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        for name in ["A", "B", "C"] {
            world.student("s1", name).await;
            world.turn().await;
        }
        let first = receiver.take();
        assert_eq!(first.len(), 3);
        let from = first[0].told("/data/cursor");
        let back = json!({ "endpointId": endpoint.id, "fromCursor": from });
        world.act("webhookReplay", "webhookEndpoint { cursor }", back).await;
        world.turn().await;
        let again = receiver.take();
        assert_gapless(&from, &again);
        let bodies = |got: &[super::receiver::Got]| -> Vec<String> {
            got.iter().map(|one| one.told("/data/cursor")).collect()
        };
        assert_eq!(bodies(&again), bodies(&first[1..]));
        assert!(again.iter().all(|one| first.iter().all(|before| before.id() != one.id())));

        for (cursor, code) in [("nonsense", "INVALID_FORMAT"), ("", "INVALID_FORMAT")] {
            let back = json!({ "endpointId": endpoint.id, "fromCursor": cursor });
            let refused = world.try_act("webhookReplay", "webhookEndpoint { id }", back).await;
            assert_eq!(refused["userErrors"][0]["code"], code);
            assert_eq!(refused["userErrors"][0]["path"], json!(["fromCursor"]));
        }
    }

    async fn a_ping_and_a_redelivery_are_posted(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let ping = json!({ "endpointId": endpoint.id });
        let sent = world.act("webhookEndpointPing", "webhookDelivery { id state }", ping).await;
        assert_eq!(sent["webhookDelivery"]["state"], "PENDING");
        world.student("s1", "Lovelace").await;
        world.turn().await;
        let got = receiver.take();
        let ping = got.iter().find(|one| one.told("/type") == "endpoint.ping").expect("a ping");
        assert_eq!(sent["webhookDelivery"]["id"], ping.id());
        assert_eq!(ping.told("/data/id"), endpoint.id);
        let change = got.iter().find(|one| one.told("/type") == "student.created").expect("both");
        assert_eq!(change.told("/data/previousCursor"), endpoint.cursor, "a ping is no link");

        let again = json!({ "ids": [change.id()] });
        let redelivered = "webhookDeliveries { id state attempts }";
        let sent = world.act("webhookRedeliver", redelivered, again).await;
        assert_eq!(sent["webhookDeliveries"][0]["state"], "PENDING");
        world.turn().await;
        let [repeat] = &receiver.take()[..] else { panic!("one") };
        assert_eq!((repeat.id(), &repeat.body), (change.id(), &change.body));

        let unknown = json!({ "ids": [change.id(), "delivery_01ja00000000000000000000ab"] });
        let refused = world.try_act("webhookRedeliver", redelivered, unknown).await;
        assert_eq!(refused["userErrors"][0]["code"], "REFERENCE_NOT_FOUND");
        assert_eq!(refused["userErrors"][0]["path"], json!(["ids", "1"]));
        assert_eq!(world.turn().await, 0, "nothing was written");
    }
}
