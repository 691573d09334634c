//! Ids that are none.

use serde_json::json;

use super::{Case, asks, check, client};
use crate::support::both;

const WRONG: [(&str, &str); 9] = [
    ("empty", ""),
    ("of another type", "school_01h2xcejqtf2nbrexx3vqjhp41"),
    ("of no type", "unicorn_01h2xcejqtf2nbrexx3vqjhp41"),
    ("too short", "student_01h2xcejqtf2nbrexx3vqjhp4"),
    ("too long", "student_01h2xcejqtf2nbrexx3vqjhp411"),
    ("in capitals", "STUDENT_01H2XCEJQTF2NBREXX3VQJHP41"),
    ("more than 128 bits", "student_zzzzzzzzzzzzzzzzzzzzzzzzzz"),
    ("a bare UUID", "0188bac7-4afa-78aa-bc3b-bd1eef28d881"),
    ("SQL", "student_' OR 1=1; --"),
];

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, id) in WRONG {
        let id = json!({ "id": id });
        let mut ask = |place: &str, document: &str| {
            cases.push(asks(&format!("{name} in {place}"), document, &id, 200, "INVALID_ID"));
        };
        ask("student", "query($id: ID!) { student(id: $id) { id } }");
        ask("a key", "query($id: ID!) { studentByKey(key: { id: $id }) { id } }");
        ask(
            "a filter",
            "query($id: ID!) { students(first: 1, where: { id: { in: [$id] } }) { nodes { id } } }",
        );
        ask(
            "a mutation",
            "mutation($id: ID!) { studentUpdate(id: $id, input: {}) { userErrors { code } } }",
        );
    }
    for (name, id) in WRONG.iter().filter(|(name, _)| *name != "of another type") {
        let document = "query($id: ID!) { node(id: $id) { id } }";
        let name = format!("{name} in node");
        cases.push(asks(&name, document, &json!({ "id": id }), 200, "INVALID_ID"));
    }
    cases
}

both! {
    async fn an_id_that_is_none_is_refused_wherever_it_stands(app: TestApp) {
        check(&app, &client(&app).await, cases()).await;
    }

    async fn a_wrong_id_among_right_ones_leaves_them(app: TestApp) {
        let actor = client(&app).await;
        let document = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let district = actor.ok("{ districts(first: 1) { nodes { id } } }", json!({})).await;
        let right = &district["districts"]["nodes"][0]["id"];
        let answer = actor.gql(document, json!({ "ids": [right, "", right] })).await;
        let nodes = &answer.body["data"]["nodes"];
        assert_eq!(*nodes, json!([{ "id": right }, null, { "id": right }]));
        assert_eq!(answer.codes(), ["INVALID_ID"]);
    }
}
