//! A query costs as many statements as it has edges, whatever the number of rows.

use pathbridge::typeid;
use serde_json::{Value, json};

use super::roster::{Chance, Drawn, Roster, drawn};
use crate::support::both;

/// A query with its number of edges and of totals.
const QUERIES: [(&str, u64); 5] = [
    ("query($n: Int) { students(first: $n) { nodes { id } } }", 1),
    ("query($n: Int) { students(first: $n) { totalCount { value } nodes { id } } }", 2),
    (
        "query($n: Int) { students(first: $n) { nodes { school { students(first: $n) {
            nodes { familyName school { name } } } } } } }",
        4,
    ),
    (
        "query($n: Int) { schools(first: $n) { nodes { district { slug } district { name }
            students(last: $n) { totalCount { value } edges { node { district { schools(first: $n) {
                totalCount { precision } nodes { id } } } } } } } } }",
        7,
    ),
    (
        "query($n: Int) { a: students(first: $n) { nodes { id } } ... { a: students(first: $n) {
            nodes { school { id } } } } b: students(first: $n) { nodes { school { id } } } }",
        4,
    ),
];

async fn cost(roster: &Roster<'_>, query: &str, size: usize) -> u64 {
    let before = roster.test.app.db.statements();
    roster.data(query, json!({ "n": size })).await;
    roster.test.app.db.statements() - before
}

fn at_school(school: usize) -> impl Fn(Drawn) -> Drawn {
    move |drawn| Drawn { school: Some(school), ..drawn }
}

both! {
    async fn statements_are_as_many_as_edges(test: TestApp) {
        let roster = Roster::new(&test).await;
        let drawn = Chance::new().many(&drawn(), 60);
        roster.enrol(drawn.into_iter().map(at_school(0)).collect()).await;
        for (query, edges) in QUERIES {
            for size in [1, 50] {
                assert_eq!(cost(&roster, query, size).await, edges, "{size} of {query}");
            }
        }
    }

    async fn what_nobody_reaches_is_not_asked(test: TestApp) {
        let roster = Roster::new(&test).await;
        let query = "query($n: Int) { students(first: $n) { nodes { school { students(first: $n) {
            totalCount { value } nodes { id } } } } } }";
        assert_eq!(cost(&roster, query, 50).await, 1);
    }

    async fn parents_that_are_one_row_have_one_page(test: TestApp) {
        let roster = Roster::new(&test).await;
        let drawn = Chance::new().many(&drawn(), 4);
        let rows = roster.enrol(drawn.into_iter().map(at_school(2)).collect()).await;
        let query = "{ students(first: 9) { nodes { school { students(first: 2) {
            nodes { id } totalCount { value } } } } } }";
        let found = roster.data(query, json!({})).await;
        let ids: Vec<_> =
            rows[..2].iter().map(|row| json!({ "id": typeid::encode(row.id) })).collect();
        let page = json!({ "school": { "students": { "nodes": ids, "totalCount": { "value": 4 } } } });
        assert_eq!(found["students"]["nodes"], json!([page, page, page, page]));
    }

    async fn any_object_is_found_by_its_id(test: TestApp) {
        let roster = Roster::new(&test).await;
        let rows = roster.enrol(Chance::new().many(&drawn(), 2)).await;
        let student = typeid::encode(rows[0].id);
        let school = typeid::encode(roster.schools[1]);
        let missing = typeid::encode(entity::id::StudentId(uuid::Uuid::max()));
        let query = "query($ids: [ID!]!, $id: ID!) {
            nodes(ids: $ids) { __typename ... on Node { id } ...S ... on School { name } }
            node(id: $id) { ... on Student { ... on Node { id ... on Student { status } } } }
        } fragment S on Student { district { __typename slug } }";
        let ids = json!([student, school, student, missing]);
        let before = test.app.db.statements();
        let found = roster.data(query, json!({ "ids": ids, "id": student })).await;
        assert_eq!(test.app.db.statements() - before, 4, "students, schools, districts, node");
        let district = json!({ "__typename": "District", "slug": "district" });
        let first = json!({ "__typename": "Student", "id": student, "district": district });
        let second = json!({ "__typename": "School", "id": school, "name": "School 1" });
        assert_eq!(found["nodes"], json!([first, second, first, null]));
        assert_eq!(found["node"]["id"], student.as_str());
        let wrong = json!(["nonsense", student, "comet_00000000000000000000000000"]);
        let answer = roster.ask(query, json!({ "ids": wrong, "id": student })).await;
        let nodes = serde_json::to_value(&answer.data).unwrap()["nodes"].clone();
        assert_eq!(nodes, json!([null, first, null]));
        assert_eq!(answer.errors.len(), 2);
    }

    async fn pages_say_what_they_are(test: TestApp) {
        let roster = Roster::new(&test).await;
        roster.enrol(Chance::new().many(&drawn(), 2)).await;
        let query = "{ students(first: 1) { __typename ... on StudentConnection { t: __typename }
            edges { __typename node { __typename } } pageInfo { __typename }
            totalCount { __typename } } }";
        let found: Value = roster.data(query, json!({})).await;
        let expected = json!({
            "__typename": "StudentConnection", "t": "StudentConnection",
            "edges": [{ "__typename": "StudentEdge", "node": { "__typename": "Student" } }],
            "pageInfo": { "__typename": "PageInfo" }, "totalCount": { "__typename": "Count" },
        });
        assert_eq!(found["students"], expected);
    }
}
