//! Mutations under a key: done once, however often they are sent.
//!
//! That every single mutation keeps its promise is shown where each is performed: in `changes`.

use axum::http::StatusCode;
use chrono::TimeDelta;
use entity::school;
use futures_util::future::join_all;
use pathbridge::auth::Tenant;
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value as Json, json};

use crate::support::{Actor, TestApp, both};

const UPSERT: &str = "mutation($key: String!, $name: String!) {
  schoolBulkUpsert(errorPolicy: REJECT_FAILED_ROWS, input: [
    { key: { externalId: { system: \"sis\", value: \"1\" } }, school: { name: $name } }
    { key: { externalId: { system: \"sis\", value: \"2\" } }, school: { name: \"\" } }
  ]) @idempotent(key: $key) {
    results { outcome school { id name version } userErrors { __typename code path } }
    counts { created rejected }
  }
}";

const RENAME: &str = "mutation($id: ID!, $name: String!, $version: Long) {
  schoolUpdate(id: $id, input: { name: $name }, expectedVersion: $version) {
    school { name version } userErrors { code }
  }
}";

async fn sis(app: &TestApp) -> Actor {
    app.client(Tenant::District(app.district("alder").await)).await
}

async fn schools(app: &TestApp) -> u64 {
    #[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
    school::Entity::find().count(app.app.db.writer()).await.unwrap()
}

fn named(key: &str, name: &str) -> Json {
    json!({ "key": key, "name": name })
}

/// A school, and what is needed to rename it.
async fn school(sis: &Actor) -> String {
    let answer = sis.ok(UPSERT, named("made", "East")).await;
    answer["schoolBulkUpsert"]["results"][0]["school"]["id"].as_str().unwrap().to_owned()
}

both! {
    async fn many_at_once_do_it_once_and_get_the_same_answer(app: TestApp) {
        let sis = sis(&app).await;
        let calls = (0..50).map(|_| {
            let sis = sis.clone();
            tokio::spawn(async move { sis.gql(UPSERT, named("k-1", "East")).await })
        });
        let answers: Vec<_> = join_all(calls).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(schools(&app).await, 1);
        let first = &answers[0].body["data"];
        assert_eq!(first["schoolBulkUpsert"]["counts"], json!({ "created": 1, "rejected": 1 }));
        assert_eq!(first["schoolBulkUpsert"]["results"][0]["outcome"], "CREATED");
        assert_eq!(first["schoolBulkUpsert"]["results"][1]["userErrors"][0]["code"], "REQUIRED");
        for answer in &answers {
            assert_eq!(&answer.body["data"], first, "{:#}", answer.body);
        }
        let replayed = answers.iter().filter(|answer| {
            answer.body["extensions"]["idempotency"][0]["replayed"] == true
        });
        assert_eq!(replayed.count(), 49);
    }

    async fn the_selection_is_answered_afresh(app: TestApp) {
        let sis = sis(&app).await;
        let id = school(&sis).await;
        let rename = json!({ "id": id, "name": "West" });
        sis.gql_once(RENAME, rename.clone(), Some("k")).await;
        sis.ok(RENAME, json!({ "id": id, "name": "North" })).await;
        let again = sis.gql_once(RENAME, rename, Some("\"k\"")).await;
        assert_eq!(again.body["data"]["schoolUpdate"]["school"], json!({ "name": "North", "version": "3" }));
        assert_eq!(again.body["extensions"]["idempotency"][0]["replayed"], true);
    }

    async fn other_arguments_need_another_key(app: TestApp) {
        let sis = sis(&app).await;
        let id = school(&sis).await;
        let west = sis.gql_once(RENAME, json!({ "id": id, "name": "West" }), Some("k")).await;
        assert_eq!(west.body["data"]["schoolUpdate"]["school"]["version"], "2");
        let other = sis.gql_once(RENAME, json!({ "id": id, "name": "North" }), Some("k")).await;
        assert_eq!(other.codes(), ["IDEMPOTENCY_KEY_REUSED"]);
        let null = json!({ "id": id, "name": "West", "version": null });
        let null = sis.gql_once(RENAME, null, Some("k")).await;
        assert_eq!(null.codes(), ["IDEMPOTENCY_KEY_REUSED"], "null is an argument, absent is none");
        let now = sis.ok("query($id: ID!) { school(id: $id) { name version } }", json!({ "id": id })).await;
        assert_eq!(now["school"], json!({ "name": "West", "version": "2" }));
    }

    async fn a_refused_mutation_leaves_no_key(app: TestApp) {
        let sis = sis(&app).await;
        let id = school(&sis).await;
        let stale = json!({ "id": id, "name": "West", "version": "7" });
        let refused = sis.gql_once(RENAME, stale, Some("k")).await;
        assert_eq!(refused.body["data"]["schoolUpdate"]["userErrors"][0]["code"], "VERSION_CONFLICT");
        let right = json!({ "id": id, "name": "West", "version": "1" });
        let done = sis.gql_once(RENAME, right, Some("k")).await;
        assert_eq!(done.body["data"]["schoolUpdate"]["school"]["version"], "2");
        assert!(done.body["extensions"].get("idempotency").is_none());
    }

    async fn keys_belong_to_a_client_and_a_mutation_and_end_after_a_week(app: TestApp) {
        let district = app.district("alder").await;
        let (one, other) = (
            app.client(Tenant::District(district)).await,
            app.client(Tenant::District(district)).await,
        );
        let id = school(&one).await;
        let rename = json!({ "id": id, "name": "West" });
        for sis in [&one, &other] {
            let done = sis.gql_once(RENAME, rename.clone(), Some("made")).await;
            assert!(done.body["extensions"].get("idempotency").is_none(), "{:#}", done.body);
        }
        app.clock.advance(TimeDelta::days(6));
        let one = app.renewed(&one).await;
        let still = one.gql_once(RENAME, rename.clone(), Some("made")).await;
        assert_eq!(still.body["extensions"]["idempotency"][0]["key"], "made");
        app.clock.advance(TimeDelta::days(2));
        let one = app.renewed(&one).await;
        let north = json!({ "id": id, "name": "North" });
        let anew = one.gql_once(RENAME, north, Some("made")).await;
        assert_eq!(anew.body["data"]["schoolUpdate"]["school"]["name"], "North");
    }

    async fn what_cannot_be_a_key_is_refused_before_anything_is_done(app: TestApp) {
        let sis = sis(&app).await;
        let long = "k".repeat(256);
        for key in ["", long.as_str()] {
            let refused = sis.gql(UPSERT, named(key, "East")).await;
            assert_eq!(refused.codes(), ["BAD_USER_INPUT"], "{key}");
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        }
        let differ = sis.gql_once(UPSERT, named("a", "East"), Some("b")).await;
        assert_eq!(differ.codes(), ["BAD_USER_INPUT"]);
        let half = sis.gql_once(UPSERT, named("a", "East"), Some("\"a")).await;
        assert_eq!(half.codes(), ["BAD_USER_INPUT"]);
        let two = "mutation($input: [SchoolUpsertInput!]!) {
            a: schoolBulkUpsert(input: $input) { counts { created } }
            b: schoolBulkUpsert(input: $input) { counts { created } }
        }";
        let two = sis.gql_once(two, json!({ "input": [] }), Some("k")).await;
        assert_eq!(two.codes(), ["BAD_USER_INPUT"]);
        let inside = "mutation { schoolBulkUpsert(input: []) { counts @idempotent(key: \"k\") { created } } }";
        assert_eq!(sis.gql(inside, json!({})).await.codes(), ["GRAPHQL_VALIDATION_FAILED"]);
        assert_eq!(schools(&app).await, 0);
    }
}
