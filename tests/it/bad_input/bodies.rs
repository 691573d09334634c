//! Bodies that are no request.

use serde_json::json;

use super::{Case, asks, bytes, check, client};
use crate::support::both;

const DEEP: usize = 10_000;
const UPSERT: &str = "mutation($input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input) { results { outcome userErrors { code path } } }
}";

fn nested(open: &str, close: &str) -> String {
    format!("{}1{}", open.repeat(DEEP), close.repeat(DEEP))
}

fn variables(text: &str) -> String {
    format!(
        r#"{{"query":"query($w: StudentWhere) {{ students(first: 1, where: $w) {{ nodes {{ id }} }} }}","variables":{{"w":{text}}}}}"#
    )
}

fn cases() -> Vec<Case> {
    let huge = json!({ "query": "{ __typename }", "pad": "x".repeat(10_000_000) }).to_string();
    let mut broken = br#"{"query":"{ __typename "#.to_vec();
    broken.extend([0xff, 0xfe]);
    broken.extend(br#" }"}"#);
    let row = |value: usize| {
        json!({
            "key": { "externalId": { "system": "sis", "value": value.to_string() } },
            "student": { "givenName": "A", "familyName": "B" },
        })
    };
    let many = json!({ "input": (0..300).map(row).collect::<Vec<_>>() });
    vec![
        bytes("ten megabytes", huge, 413, "DOCUMENT_SIZE_EXCEEDED"),
        bytes("nothing", "", 400, "BAD_USER_INPUT"),
        bytes("half an object", r#"{"query":"#, 400, "BAD_USER_INPUT"),
        bytes("a batch", r#"[{"query":"{ __typename }"}]"#, 400, "BATCHING_NOT_SUPPORTED"),
        bytes("a number for a document", r#"{"query":1}"#, 400, "BAD_USER_INPUT"),
        bytes("bytes that are no UTF-8", broken, 400, "BAD_USER_INPUT"),
        bytes("half a surrogate pair", r#"{"query":"{ \ud800 }"}"#, 400, "BAD_USER_INPUT"),
        bytes("a NUL between members", "{\0}", 400, "BAD_USER_INPUT"),
        bytes("lists in lists", variables(&nested("[", "]")), 400, "BAD_USER_INPUT"),
        bytes("objects in objects", variables(&nested(r#"{"not":"#, "}")), 400, "BAD_USER_INPUT"),
        bytes("a number beyond all bounds", variables("1e999999"), 400, "BAD_USER_INPUT"),
        asks("three hundred rows", UPSERT, &many, 200, "BAD_USER_INPUT"),
    ]
}

both! {
    async fn a_body_that_is_no_request_is_refused(app: TestApp) {
        check(&app, &client(&app).await, cases()).await;
    }
}
