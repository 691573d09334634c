//! Pages that cannot be turned to.

use serde_json::{Value as Json, json};

use super::{Case, asks, check, client};
use crate::support::{Actor, both};

const UPSERT: &str = "mutation($input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input) { counts { created } }
}";
const LIST: &str = "query($first: Int, $last: Int, $after: String, $before: String,
    $where: StudentWhere, $orderBy: StudentOrder) {
  students(first: $first, last: $last, after: $after, before: $before,
    where: $where, orderBy: $orderBy) { nodes { id } pageInfo { endCursor } }
}";

fn sizes() -> Vec<Case> {
    let range = |size: i64| {
        ["first", "last"].map(|side| {
            asks(
                &format!("{side} {size}"),
                LIST,
                &json!({ side: size }),
                200,
                "PAGE_SIZE_OUT_OF_RANGE",
            )
        })
    };
    let required = |name, variables: Json| asks(name, LIST, &variables, 200, "PAGINATION_REQUIRED");
    let mut cases: Vec<_> =
        [0, -1, 251, 4_000, -2_147_483_648].into_iter().flat_map(range).collect();
    cases.push(required("neither", json!({})));
    cases.push(required("both", json!({ "first": 1, "last": 1 })));
    cases.push(required("null", json!({ "first": null })));
    let nested = "{ districts(first: 1) { nodes { students(first: 251) { nodes { id } } } } }";
    cases.push(asks("a nested page", nested, &Json::Null, 200, "PAGE_SIZE_OUT_OF_RANGE"));
    let operator = |name, filter: Json| {
        asks(name, LIST, &json!({ "first": 1, "where": filter }), 200, "BAD_USER_INPUT")
    };
    cases.push(operator("a null operator", json!({ "familyName": { "eq": null } })));
    cases.push(operator("a null list", json!({ "id": { "in": null } })));
    cases.push(operator(
        "a null inside not",
        json!({ "not": { "familyName": { "startsWith": null } } }),
    ));
    cases
}

/// A cursor that the server made for the list of students in the order of their age.
async fn cursor(actor: &Actor) -> String {
    let row = |value: &str| {
        json!({
            "key": { "externalId": { "system": "sis", "value": value } },
            "student": { "givenName": "A", "familyName": value },
        })
    };
    actor.ok(UPSERT, json!({ "input": [row("1"), row("2")] })).await;
    let page = actor.ok(LIST, json!({ "first": 1 })).await;
    page["students"]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned()
}

fn cursors(genuine: &str) -> Vec<Case> {
    let with = |name: &str, variables: Json, code| asks(name, LIST, &variables, 200, code);
    let mut cases = Vec::new();
    let mut forged = vec![String::new(), "x".to_owned(), "💥".to_owned(), "A".repeat(100_000)];
    for at in [0, genuine.len() / 2, genuine.len() - 2] {
        let mut bytes = genuine.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        forged.push(String::from_utf8(bytes).expect("base64"));
    }
    forged.extend([genuine[1..].to_owned(), format!("{genuine}AAAA")]);
    for text in &forged {
        cases.push(with("forged after", json!({ "first": 1, "after": text }), "CURSOR_INVALID"));
        cases.push(with("forged before", json!({ "last": 1, "before": text }), "CURSOR_INVALID"));
    }
    let order = json!({ "first": 1, "after": genuine, "orderBy": { "field": "FAMILY_NAME", "direction": "ASC" } });
    cases.push(with("another order", order, "CURSOR_MISMATCH"));
    let filter = json!({ "first": 1, "after": genuine, "where": { "familyName": { "eq": "1" } } });
    cases.push(with("another filter", filter, "CURSOR_MISMATCH"));
    let schools = "query($c: String) { schools(first: 1, after: $c) { nodes { id } } }";
    cases.push(asks("another list", schools, &json!({ "c": genuine }), 200, "CURSOR_MISMATCH"));
    cases
}

both! {
    async fn a_page_of_no_size_is_refused(app: TestApp) {
        check(&app, &client(&app).await, sizes()).await;
    }

    async fn a_cursor_holds_for_its_list_and_nothing_else(app: TestApp) {
        let actor = client(&app).await;
        let genuine = cursor(&actor).await;
        let page = actor.ok(LIST, json!({ "first": 1, "after": genuine })).await;
        assert_eq!(page["students"]["nodes"].as_array().map(Vec::len), Some(1));
        check(&app, &actor, cursors(&genuine)).await;
    }

    async fn a_cursor_of_one_tenant_shows_nothing_to_another(app: TestApp) {
        let genuine = cursor(&client(&app).await).await;
        let stranger = app.district("south").await;
        let stranger = app.client(pathbridge::auth::Tenant::District(stranger)).await;
        let page = stranger.ok(LIST, json!({ "first": 250, "after": genuine })).await;
        assert_eq!(page["students"]["nodes"], json!([]));
    }
}
