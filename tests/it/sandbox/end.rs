//! Throwing sandboxes away: all of it goes, and nothing else.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use pathbridge::{
    auth::{Tenant, client},
    sandbox::{rules::IDLE_DAYS, service::idle, worker},
};
use serde_json::{Value as Json, json};

use super::world::{Made, ids};
use crate::support::{TestApp, both, dump::dump, seed};

/// Every row but those of the log, which forgets by age what it has told, and the keys under which
/// clients sent mutations.
async fn rows(app: &TestApp) -> BTreeSet<String> {
    let logs = ["change_log", "outbox", "feed_state", "idempotency_key"];
    let all = dump(app).await.into_iter();
    all.filter(|line| !logs.iter().any(|log| line.starts_with(log))).collect()
}

both! {
    async fn nothing_is_left_and_nothing_else_is_missing(app: TestApp) {
        let side = seed::side(&app, "a").await;
        let owner = app.client(Tenant::District(side.district)).await;
        let neighbour = Made::ready(&app, &owner, "neighbour").await;
        let before = rows(&app).await;
        let made = Made::ready(&app, &owner, "doomed").await;
        let (sis, portal) = (made.client(&app, "DISTRICT").await, made.client(&app, "PARTNER").await);
        for actor in [&sis, &portal] {
            let hook = "mutation { webhookEndpointCreate(input: { url: \"https://example.org/hooks\" }) {
                webhookEndpoint { id } userErrors { code } } }";
            let hook = actor.ok(hook, json!({})).await["webhookEndpointCreate"]["webhookEndpoint"]["id"].take();
            let ping = "mutation($id: ID!) { webhookEndpointPing(endpointId: $id) { userErrors { code } } }";
            actor.ok(ping, json!({ "id": hook })).await;
            let keyed = "mutation { partnerSiteBulkUpsert(input: []) { results { outcome } } }";
            actor.gql_once(keyed, json!({}), Some("key")).await;
        }
        let partner = "mutation { partnerCreate(input: { name: \"Mine\", kind: OTHER }) { partner { id } } }";
        sis.gql_once(partner, json!({}), Some("key")).await;
        assert!(rows(&app).await.len() > before.len() + 100);

        assert_eq!(made.step(&owner, "sandboxDelete").await["sandbox"]["state"], "DELETING");
        for actor in [&sis, &portal] {
            let refused = actor.gql("{ viewer { kind } }", json!({})).await;
            assert_eq!(refused.codes(), ["UNAUTHENTICATED"], "{}", refused.body);
        }
        assert_eq!(worker::round(&app.app).await.expect("a round"), 1);
        let gone = rows(&app).await;
        let left: BTreeSet<_> = gone.difference(&before)
            .map(|line| line.split(' ').next().expect("a table")).collect();
        // A token that was given a moment ago must still find that its client was revoked.
        assert_eq!(left, BTreeSet::from(["api_client", "district", "partner", "sandbox"]));
        app.clock.advance(client::REMEMBERED - TimeDelta::seconds(1));
        assert_eq!(worker::round(&app.app).await.expect("a round"), 0);
        app.clock.advance(TimeDelta::seconds(1));
        assert_eq!(worker::round(&app.app).await.expect("a round"), 1);
        let after = rows(&app).await;
        assert_eq!(before.difference(&after).collect::<Vec<_>>(), Vec::<&String>::new(), "of others");
        assert_eq!(after.difference(&before).collect::<Vec<_>>(), Vec::<&String>::new(), "left behind");
        let owner = app.renewed(&owner).await;
        assert_eq!(made.state(&owner).await, Json::Null);
        assert_eq!(neighbour.state(&owner).await, "READY");
    }

    async fn what_is_being_filled_can_be_thrown_away(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let before = rows(&app).await;
        let made = Made::new(&owner, "changed my mind").await;
        made.step(&owner, "sandboxDelete").await;
        let again = made.step(&owner, "sandboxDelete").await;
        assert_eq!(again["userErrors"][0]["code"], "INVALID_STATE_TRANSITION", "{again}");
        app.clock.advance(client::REMEMBERED);
        assert_eq!(worker::round(&app.app).await.expect("a round"), 1);
        assert_eq!(rows(&app).await, before);
    }

    async fn a_client_that_an_operator_adds_late_is_revoked_as_well(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::new(&owner, "late").await;
        made.step(&owner, "sandboxDelete").await;
        let late = app.client(Tenant::District(made.district())).await;
        app.clock.advance(client::REMEMBERED);
        let late = app.renewed(&late).await;
        worker::round(&app.app).await.expect("a round");
        let refused = late.gql("{ viewer { kind } }", json!({})).await;
        assert_eq!(refused.codes(), ["UNAUTHENTICATED"], "{}", refused.body);
        app.clock.advance(client::REMEMBERED);
        worker::round(&app.app).await.expect("a round");
        let owner = app.renewed(&owner).await;
        assert_eq!(made.state(&owner).await, Json::Null);
    }

    async fn what_nobody_uses_goes_by_itself(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let (quiet, used) = (Made::ready(&app, &owner, "quiet").await, Made::ready(&app, &owner, "used").await);
        app.clock.advance(TimeDelta::days(IDLE_DAYS) - TimeDelta::seconds(1));
        assert_eq!(idle::sweep(&app.app).await.expect("a sweep"), 0);
        used.client(&app, "PARTNER").await;
        noted(&app, &used).await;
        app.clock.advance(TimeDelta::seconds(1));
        // Two replicas may look at once.
        let (one, other) = tokio::join!(idle::sweep(&app.app), idle::sweep(&app.app));
        assert_eq!(one.expect("a sweep") + other.expect("a sweep"), 1);
        let owner = app.renewed(&owner).await;
        assert_eq!(quiet.state(&owner).await, "DELETING");
        assert_eq!(used.state(&owner).await, "READY");
        let left = "{ sandboxes(first: 5, where: { state: { eq: READY } }) { nodes { name expiresAt } } }";
        let left = owner.ok(left, json!({})).await;
        let expected = json!([{ "name": "used", "expiresAt": "2026-10-31T07:59:59.000000Z" }]);
        assert_eq!(left["sandboxes"]["nodes"], expected);
        app.clock.advance(TimeDelta::days(IDLE_DAYS));
        assert_eq!(idle::sweep(&app.app).await.expect("a sweep"), 1);
        assert_eq!(ids(&app.renewed(&owner).await, "sandboxes").await.len(), 2);
    }
}

/// Waits until the use of a client is written down, which nobody waits for otherwise.
async fn noted(app: &TestApp, made: &Made) {
    let operator = app.client(Tenant::Platform).await;
    let query = "query($id: ID!) { sandbox(id: $id) { clients { lastUsedAt } } }";
    for _ in 0..500 {
        let seen = operator.ok(query, json!({ "id": made.id })).await;
        let clients = seen["sandbox"]["clients"].as_array().expect("clients").clone();
        if clients.iter().any(|client| !client["lastUsedAt"].is_null()) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the use of a client was never noted");
}
