//! Cursors: they go with one server, one sort and one filter.

use pathbridge::error::Code;
use serde_json::{Value, json};

use super::roster::{Chance, Roster, drawn};
use crate::support::both;

const PAGE: &str = "query($first: Int, $last: Int, $after: String, $before: String,
        $where: StudentWhere, $by: StudentOrder) {
    students(first: $first, last: $last, after: $after, before: $before, where: $where, orderBy: $by) {
        nodes { id familyName }
        edges { cursor node { id } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        totalCount { value precision }
    }
}";

/// Pages of five, forwards; answers all nodes and all cursors.
async fn walk(roster: &Roster<'_>, asked: &Value) -> (Vec<Value>, Vec<Value>) {
    let (mut nodes, mut cursors, mut after) = (Vec::new(), Vec::new(), Value::Null);
    loop {
        let mut variables = asked.clone();
        variables["first"] = json!(5);
        variables["after"] = after;
        let page = roster.data(PAGE, variables).await["students"].clone();
        nodes.extend(page["nodes"].as_array().unwrap().iter().cloned());
        let edges = page["edges"].as_array().unwrap();
        cursors.extend(edges.iter().map(|edge| edge["cursor"].clone()));
        assert_eq!(page["pageInfo"]["endCursor"], *cursors.last().unwrap());
        assert_eq!(page["totalCount"], json!({ "value": 23, "precision": "EXACT" }));
        if page["pageInfo"]["hasNextPage"] == false {
            return (nodes, cursors);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// Every change of one letter, but for those in the bits that base64 does not use.
fn tampered(cursor: &str) -> impl Iterator<Item = String> {
    (0..cursor.len() - 1).map(|at| {
        let other = if &cursor[at..=at] == "A" { "B" } else { "A" };
        format!("{}{other}{}", &cursor[..at], &cursor[at + 1..])
    })
}

both! {
    async fn a_list_is_read_through_its_cursors(test: TestApp) {
        let roster = Roster::new(&test).await;
        roster.enrol(Chance::new().many(&drawn(), 23)).await;
        let all = |page: &Value| page["students"]["nodes"].as_array().unwrap().clone();
        for direction in ["ASC", "DESC"] {
            for field in [None, Some("FAMILY_NAME"), Some("UPDATED_AT")] {
                let by = field.map(|field| json!({ "field": field, "direction": direction }));
                let (nodes, cursors) = walk(&roster, &json!({ "by": by })).await;
                let whole = roster.data(PAGE, json!({ "first": 250, "by": by })).await;
                assert_eq!(nodes, all(&whole));
                assert_eq!(nodes.len(), 23);
                let last = json!({ "last": 4, "before": cursors[10], "by": by });
                assert_eq!(all(&roster.data(PAGE, last).await), nodes[6..10]);
                let between = json!(
                    { "first": 9, "after": cursors[3], "before": cursors[8], "by": by }
                );
                assert_eq!(all(&roster.data(PAGE, between).await), nodes[4..8]);
            }
        }
    }

    async fn a_cursor_that_was_changed_is_refused(test: TestApp) {
        let roster = Roster::new(&test).await;
        roster.enrol(Chance::new().many(&drawn(), 3)).await;
        let by = json!({ "field": "FAMILY_NAME" });
        let page = roster.data(PAGE, json!({ "first": 1, "by": by })).await;
        let cursor = page["students"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned();
        let others = ["", "x", "AAAA", "ÅÅ"].map(str::to_owned);
        for text in tampered(&cursor).chain(others) {
            let asked = json!({ "first": 1, "after": text, "by": by });
            assert_eq!(roster.refusal(PAGE, asked).await, Code::CursorInvalid, "{text}");
        }
    }

    async fn a_cursor_of_another_list_is_refused(test: TestApp) {
        let roster = Roster::new(&test).await;
        roster.enrol(Chance::new().many(&drawn(), 3)).await;
        let by = json!({ "field": "FAMILY_NAME" });
        let page = roster.data(PAGE, json!({ "first": 1, "by": by })).await;
        let cursor = page["students"]["pageInfo"]["endCursor"].clone();
        for other in [
            json!({}),
            json!({ "by": { "field": "UPDATED_AT" } }),
            json!({ "by": { "field": "FAMILY_NAME", "direction": "DESC" } }),
            json!({ "by": by, "where": { "familyName": { "eq": "B" } } }),
            json!({ "by": by, "where": { "or": [] } }),
        ] {
            let mut asked = other.clone();
            asked["first"] = json!(1);
            asked["before"] = cursor.clone();
            assert_eq!(roster.refusal(PAGE, asked).await, Code::CursorMismatch, "{other}");
        }
        let schools = "query($after: String) { schools(first: 1, after: $after) { nodes { id } } }";
        let asked = json!({ "after": cursor });
        assert_eq!(roster.refusal(schools, asked).await, Code::CursorMismatch);
    }

    async fn the_size_of_a_page_is_asked_for(test: TestApp) {
        let roster = Roster::new(&test).await;
        for asked in [json!({}), json!({ "first": 1, "last": 1 }), json!({ "first": null })] {
            assert_eq!(roster.refusal(PAGE, asked).await, Code::PaginationRequired);
        }
        for size in [0, -1, 251, i32::MAX] {
            let refusal = roster.refusal(PAGE, json!({ "last": size })).await;
            assert_eq!(refusal, Code::PageSizeOutOfRange);
        }
        let page = roster.data(PAGE, json!({ "last": 250 })).await["students"].clone();
        assert_eq!(page["nodes"], json!([]));
        let nowhere = json!({
            "hasNextPage": false, "hasPreviousPage": false, "startCursor": null, "endCursor": null
        });
        assert_eq!(page["pageInfo"], nowhere);
    }
}
