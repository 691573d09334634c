//! Rows that get new numbers in the system they come from.

use pathbridge::{auth::Tenant, changes};
use serde_json::{Value as Json, json};

use crate::support::{Actor, both};

const UPSERT: &str = "mutation($input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input, errorPolicy: REJECT_FAILED_ROWS) {
    results { outcome student { id version externalIds { system value } }
      userErrors { code path ... on DuplicateError { existing { id } } } }
  }
}";
const CHANGES: &str = "query($after: ChangeCursor) {
  changes(after: $after, first: 100, types: [STUDENT]) {
    nodes { op version changedFields
      externalIds { system value } previousExternalIds { system value } }
    nextCursor
  }
}";

fn key(system: &str, value: &str) -> Json {
    json!({ "system": system, "value": value })
}

/// A student under a key, who is to have another one.
fn student(old: &Json, new: &Json, name: &str) -> Json {
    json!({ "key": { "externalId": old }, "newExternalId": new,
        "student": { "givenName": name, "familyName": "Byron" } })
}

async fn send(actor: &Actor, rows: Json) -> Vec<Json> {
    let answer = actor.ok(UPSERT, json!({ "input": rows })).await;
    answer["studentBulkUpsert"]["results"].as_array().expect("results").clone()
}

async fn told(app: &crate::support::TestApp, actor: &Actor, after: &Json) -> (Vec<Json>, Json) {
    changes::sequence_now(&app.app).await.expect("changes are numbered");
    let mut page = actor.ok(CHANGES, json!({ "after": after })).await["changes"].take();
    (page["nodes"].as_array().expect("changes").clone(), page["nextCursor"].take())
}

both! {
    async fn a_row_goes_by_its_new_key_and_followers_are_told(app: TestApp) {
        let district = app.district("north").await;
        let sis = app.client(Tenant::District(district)).await;
        let made = send(&sis, json!([student(&key("sis", "1"), &Json::Null, "Ada")])).await;
        let id = &made[0]["student"]["id"];
        let (_, after) = told(&app, &sis, &Json::Null).await;

        let renumber = json!([student(&key("sis", "1"), &key("sis", "900"), "Ada")]);
        let moved = send(&sis, renumber.clone()).await;
        assert_eq!(moved[0]["outcome"], "UPDATED");
        assert_eq!((&moved[0]["student"]["id"], &moved[0]["student"]["version"]), (id, &json!("2")));
        assert_eq!(moved[0]["student"]["externalIds"], json!([key("sis", "900")]));
        let (changes, after) = told(&app, &sis, &after).await;
        let expected = json!([{ "op": "KEY_CHANGED", "version": "2",
            "changedFields": ["externalIds"], "externalIds": [key("sis", "900")],
            "previousExternalIds": [key("sis", "1")] }]);
        assert_eq!(json!(changes), expected);

        // The same again changes nothing: the old key leads nowhere, the new one to the row.
        let again = send(&sis, renumber).await;
        assert_eq!((&again[0]["outcome"], &again[0]["student"]["id"]), (&json!("UNCHANGED"), id));
        assert_eq!(told(&app, &sis, &after).await.0, Vec::<Json>::new());

        // The old number is free for somebody else.
        let other = send(&sis, json!([student(&key("sis", "1"), &Json::Null, "Eve")])).await;
        assert_eq!(other[0]["outcome"], "CREATED");
        assert_ne!(&other[0]["student"]["id"], id);
    }

    async fn a_second_system_gives_its_own_key(app: TestApp) {
        let district = app.district("north").await;
        let sis = app.client(Tenant::District(district)).await;
        let made = send(&sis, json!([student(&key("sis", "1"), &Json::Null, "Ada")])).await;
        let (_, after) = told(&app, &sis, &Json::Null).await;
        let named = json!([{ "key": { "id": made[0]["student"]["id"] },
            "newExternalId": key("lms", "a-1"), "student": { "gradeLevel": "11" } }]);
        let tied = send(&sis, named).await;
        let expected = json!([key("lms", "a-1"), key("sis", "1")]);
        assert_eq!(tied[0]["student"]["externalIds"], expected);
        let (changes, _) = told(&app, &sis, &after).await;
        let ops: Vec<_> = changes.iter().map(|one| one["op"].as_str().expect("an op")).collect();
        assert_eq!(ops, ["UPDATED", "KEY_CHANGED"]);
        assert_eq!(changes[1]["previousExternalIds"], json!([]));
        assert_eq!(changes[1]["version"], "3");
    }

    async fn a_new_row_comes_under_its_new_key(app: TestApp) {
        let district = app.district("north").await;
        let sis = app.client(Tenant::District(district)).await;
        let made = send(&sis, json!([student(&key("sis", "1"), &key("sis", "2"), "Ada")])).await;
        assert_eq!(made[0]["outcome"], "CREATED");
        assert_eq!(made[0]["student"]["externalIds"], json!([key("sis", "2")]));
    }

    async fn a_key_that_is_taken_is_refused(app: TestApp) {
        let district = app.district("north").await;
        let sis = app.client(Tenant::District(district)).await;
        let none = Json::Null;
        let made = send(&sis, json!([
            student(&key("sis", "1"), &none, "Ada"),
            student(&key("sis", "2"), &none, "Eve"),
        ])).await;
        let refused = send(&sis, json!([student(&key("sis", "1"), &key("sis", "2"), "Ann")])).await;
        let expected = json!([{ "code": "ALREADY_EXISTS", "path": ["input", "0", "newExternalId"],
            "existing": { "id": made[1]["student"]["id"] } }]);
        assert_eq!(refused[0]["userErrors"], expected);
        let (one, two) = (key("sis", "1"), key("sis", "2"));
        let both = json!([student(&one, &key("sis", "7"), "Ada"), student(&two, &key("sis", "7"), "Eve")]);
        let refused = send(&sis, both).await;
        for (at, row) in refused.iter().enumerate() {
            let path = json!(["input", at.to_string(), "newExternalId"]);
            assert_eq!(row["userErrors"], json!([{ "code": "DUPLICATE_IN_INPUT", "path": path }]));
        }
        let long = send(&sis, json!([student(&one, &key("", &"x".repeat(256)), "Ada")])).await;
        assert_eq!(long[0]["userErrors"][0]["path"], json!(["input", "0", "newExternalId", "system"]));
        let found = sis.ok("{ students(first: 5) { nodes { givenName version } } }", json!({})).await;
        let rows = found["students"]["nodes"].as_array().expect("rows");
        assert!(rows.iter().all(|row| row["version"] == "1"), "nothing was written: {found}");
    }

    async fn a_key_of_one_tenant_is_none_of_another_s(app: TestApp) {
        let north = app.client(Tenant::District(app.district("north").await)).await;
        let south = app.client(Tenant::District(app.district("south").await)).await;
        let none = Json::Null;
        send(&north, json!([student(&key("sis", "1"), &none, "Ada")])).await;
        let made = send(&south, json!([student(&key("sis", "8"), &none, "Eve")])).await;
        let moved = send(&south, json!([student(&key("sis", "8"), &key("sis", "1"), "Eve")])).await;
        assert_eq!(moved[0]["outcome"], "UPDATED");
        assert_eq!(moved[0]["student"]["id"], made[0]["student"]["id"]);
    }
}
