//! Receivers that fail: what is tried again and when, what waits, and what is given up.

use chrono::TimeDelta;
use pathbridge::changes;
use serde_json::{Value as Json, json};

use super::{
    receiver::{Receiver, Reply},
    world::{Endpoint, World, assert_gapless},
};
use crate::support::both;

/// The pauses between attempts, a tenth longer than the schedule says, in seconds.
const PAUSES: [i64; 9] = [6, 330, 1980, 7920, 19_800, 39_600, 55_440, 79_200, 95_040];

async fn endpoint_state(world: &World, endpoint: &Endpoint) -> (Json, Json) {
    let tenant = pathbridge::auth::Tenant::District(world.district);
    let actor = world.app.client(tenant).await;
    let document = "query($id: ID!) { webhookEndpoint(id: $id) { state disabledReason } }";
    let mut found = actor.ok(document, json!({ "id": endpoint.id })).await;
    let found = &mut found["webhookEndpoint"];
    (found["state"].take(), found["disabledReason"].take())
}

both! {
    async fn a_failed_attempt_is_made_again_under_the_same_id(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        world.endpoint(&receiver).await;
        let failures = [
            (Reply::Answer(500, String::new(), "down\0".to_owned()), "STATUS", json!(500)),
            (Reply::Stall, "TIMEOUT", Json::Null),
            (Reply::Close, "BROKEN", Json::Null),
            (Reply::with(301, "location: http://127.0.0.1:9/"), "REDIRECT", json!(301)),
            (Reply::status(404), "STATUS", json!(404)),
        ];
        receiver.will(failures.iter().map(|(reply, ..)| reply.clone()));
        world.student("s1", "Lovelace").await;
        assert_eq!(world.turn().await, 1);
        for ((at, (_, error, status)), pause) in failures.iter().enumerate().zip(PAUSES) {
            let told = world.deliveries(json!({})).await;
            assert_eq!(told[0]["lastError"], json!(error));
            assert_eq!(&told[0]["lastStatus"], status);
            assert_eq!(told[0]["attempts"], at + 1);
            assert_eq!(told[0]["state"], "PENDING");
            assert!(!told[0]["endpoint"]["failingSince"].is_null());
            assert_eq!(world.turn().await, 0, "not before its time");
            assert_eq!(world.later(TimeDelta::seconds(pause)).await, 1);
        }
        let told = world.deliveries(json!({ "state": { "eq": "DELIVERED" } })).await;
        assert_eq!(told[0]["attempts"], 6);
        assert!(told[0]["lastError"].is_null());
        assert!(told[0]["endpoint"]["failingSince"].is_null());
        let got = receiver.got();
        assert_eq!(got.len(), 6);
        assert!(got.iter().all(|one| one.id() == got[0].id() && one.body == got[0].body));
        let times: Vec<i64> =
            got.iter().map(|one| one.headers["webhook-timestamp"].parse().unwrap()).collect();
        assert!(times.windows(2).all(|two| two[0] < two[1]), "each is signed anew: {times:?}");
    }

    async fn a_success_counts_whatever_becomes_of_the_rest_of_the_answer(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        world.endpoint(&receiver).await;
        let long = Reply::Answer(200, String::new(), "x".repeat(300_000));
        receiver.will([Reply::Half(200), long]);
        world.student("s1", "Lovelace").await;
        world.student("s1", "Byron").await;
        world.turn().await;
        let told = world.deliveries(json!({ "state": { "eq": "DELIVERED" } })).await;
        assert_eq!(told.len(), 2);
        assert_eq!(told[0]["lastAnswer"], "half");
        assert_eq!(told[1]["lastAnswer"], json!("x".repeat(2048)));
    }

    async fn a_receiver_that_asks_for_patience_gets_it(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        world.endpoint(&receiver).await;
        receiver.will([
            Reply::with(429, "retry-after: 120"),
            Reply::with(503, "retry-after: Tue, 01 Sep 2026 09:00:00 GMT"),
        ]);
        world.student("s1", "Lovelace").await;
        world.turn().await;
        assert_eq!(world.later(TimeDelta::seconds(110)).await, 0, "the schedule alone says 5 s");
        assert_eq!(world.later(TimeDelta::seconds(10)).await, 1);
        let told = world.deliveries(json!({})).await;
        assert_eq!(told[0]["nextAttemptAt"], "2026-09-01T09:00:00.000000Z");
        assert_eq!(world.later(TimeDelta::minutes(50)).await, 0);
        assert_eq!(world.later(TimeDelta::minutes(8)).await, 1);
        assert_eq!(world.deliveries(json!({})).await[0]["state"], "DELIVERED");
    }

    async fn an_object_waits_for_its_former_delivery_and_others_go_on(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let [ada, bob]: [String; 2] =
            world.students(&["ada", "bob"], "A").await.try_into().unwrap();
        receiver.will_of(&ada, [Reply::status(500), Reply::status(500)]);
        world.students(&["ada", "bob"], "B").await;
        world.students(&["ada", "bob"], "C").await;
        world.turn().await;
        let told = |of: &str| -> Vec<String> {
            let got = receiver.got();
            let of = got.iter().filter(|one| one.told("/data/id") == of);
            of.map(|one| one.told("/data/version")).collect()
        };
        assert_eq!(told(&bob), ["1", "2", "3"]);
        assert_eq!(told(&ada), ["1"]);
        assert_eq!(world.later(TimeDelta::seconds(6)).await, 1);
        assert_eq!(told(&ada), ["1", "1"]);
        assert_eq!(world.later(TimeDelta::seconds(330)).await, 3);
        assert_eq!(told(&ada), ["1", "1", "1", "2", "3"]);
        let chain = super::world::in_chain(&endpoint.cursor, &receiver.got());
        assert_gapless(&endpoint.cursor, &chain);
        assert_eq!(chain.len(), 6);
    }

    async fn the_tenth_failure_is_the_last_and_the_letter_can_be_sent_anew(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        world.endpoint(&receiver).await;
        let student = world.student("s1", "A").await;
        receiver.will_of(&student, std::iter::repeat_n(Reply::status(500), 10));
        world.student("s1", "B").await;
        world.turn().await;
        for pause in PAUSES {
            let of_letter = json!({ "state": { "eq": "DEAD" } });
            assert!(world.deliveries(of_letter).await.is_empty());
            world.later(TimeDelta::seconds(pause)).await;
        }
        // The dead one no longer holds the next one up.
        let dead = world.deliveries(json!({ "state": { "eq": "DEAD" } })).await;
        let [dead] = &dead[..] else { panic!("{dead:?}") };
        assert_eq!((&dead["attempts"], &dead["type"]), (&json!(10), &json!("student.created")));
        assert!(!dead["finishedAt"].is_null());
        let versions: Vec<_> =
            receiver.take().iter().map(|one| one.told("/data/version")).collect();
        assert_eq!(versions, ["1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "2"]);

        let again = json!({ "ids": [dead["id"]] });
        world.act("webhookRedeliver", "webhookDeliveries { id }", again).await;
        assert_eq!(world.turn().await, 1);
        assert_eq!(receiver.take()[0].id(), dead["id"]);
        assert!(world.deliveries(json!({ "state": { "eq": "DEAD" } })).await.is_empty());
    }

    async fn a_receiver_that_is_gone_is_left_alone_and_resumes_without_a_gap(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        world.student("s1", "A").await;
        world.turn().await;
        receiver.will([Reply::status(410)]);
        world.student("s1", "B").await;
        world.turn().await;
        let gone = (json!("DISABLED"), json!("GONE"));
        assert_eq!(endpoint_state(&world, &endpoint).await, gone);
        world.students(&["s1", "s2"], "C").await;
        assert_eq!(world.later(TimeDelta::days(20)).await, 0);

        world.act("webhookEndpointEnable", "webhookEndpoint { state }",
            json!({ "id": endpoint.id })).await;
        assert_eq!(world.turn().await, 3);
        let got = receiver.got();
        let delivered: Vec<_> = got[..1].iter().chain(&got[2..]).cloned().collect();
        let chain = super::world::in_chain(&endpoint.cursor, &delivered);
        assert_gapless(&endpoint.cursor, &chain);
        assert_eq!(chain.len(), 4);
        assert_eq!(endpoint_state(&world, &endpoint).await, (json!("ACTIVE"), Json::Null));
    }

    async fn after_five_days_of_failure_an_endpoint_is_disabled_and_loses_nothing(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        receiver.will(std::iter::repeat_n(Reply::status(500), 14));
        world.student("s1", "A").await;
        world.turn().await;
        for pause in PAUSES {
            world.later(TimeDelta::seconds(pause)).await;
        }
        assert_eq!(endpoint_state(&world, &endpoint).await.0, "ACTIVE");
        let system = pathbridge::auth::Tenant::District(world.district);
        let world = World { actor: world.app.client(system).await, ..world };
        world.student("s1", "B").await;
        world.later(TimeDelta::hours(48)).await;
        let failing = (json!("DISABLED"), json!("FAILING"));
        assert_eq!(endpoint_state(&world, &endpoint).await, failing);
        let attempts = receiver.take().len();
        assert_eq!(attempts, 11);
        assert_eq!(world.later(TimeDelta::days(1)).await, 0);

        receiver.will([]);
        world.act("webhookEndpointEnable", "webhookEndpoint { id }",
            json!({ "id": endpoint.id })).await;
        world.turn().await;
        for pause in PAUSES.iter().take(4) {
            world.later(TimeDelta::seconds(*pause)).await;
        }
        let told = world.deliveries(json!({})).await;
        let states: Vec<_> = told.iter().map(|one| one["state"].as_str().unwrap()).collect();
        assert_eq!(states, ["DEAD", "DELIVERED"]);
    }

    async fn who_stops_goes_on_where_it_stopped(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let this = json!({ "id": endpoint.id });
        world.act("webhookEndpointDisable", "webhookEndpoint { state }", this.clone()).await;
        for name in ["A", "B", "C"] {
            world.student("s1", name).await;
        }
        assert_eq!(world.turn().await, 0);
        let ping = json!({ "endpointId": endpoint.id });
        let refused = world.try_act("webhookEndpointPing", "webhookDelivery { id }", ping);
        assert_eq!(refused.await["userErrors"][0]["code"], "INVALID_STATE_TRANSITION");
        world.act("webhookEndpointEnable", "webhookEndpoint { state }", this).await;
        assert_eq!(world.turn().await, 3);
        assert_gapless(&endpoint.cursor, &receiver.got());
    }

    async fn a_log_that_no_longer_goes_back_so_far_is_told_of(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let this = json!({ "id": endpoint.id });
        world.act("webhookEndpointDisable", "webhookEndpoint { state }", this.clone()).await;
        world.student("s1", "A").await;
        changes::sequence_now(&world.app.app).await.unwrap();
        world.app.clock.advance(TimeDelta::days(91));
        changes::forget(&world.app.app).await.unwrap();
        let world = World {
            actor: world.app.client(pathbridge::auth::Tenant::District(world.district)).await,
            ..world
        };
        world.act("webhookEndpointEnable", "webhookEndpoint { state }", this).await;
        world.student("s1", "B").await;
        world.turn().await;
        let got = receiver.got();
        let gap = got.iter().find(|one| one.told("/type") == "changes.gap").expect("it is told");
        assert_eq!(gap.told("/data/previousCursor"), endpoint.cursor);
        let next = got.iter().find(|one| one.told("/type") == "student.updated").expect("it goes on");
        assert_eq!(next.told("/data/previousCursor"), gap.told("/data/cursor"));
    }
}
