//! Texts that no name is.

use serde_json::{Value as Json, json};

use super::{Case, asks, check, client, goes_on, telltale};
use crate::support::both;

const UPSERT: &str = "mutation($input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input) {
    results { outcome student { givenName familyName } userErrors { code path } }
  }
}";
const FIND: &str =
    "query($w: StudentWhere) { students(first: 5, where: $w) { nodes { givenName familyName } } }";

fn row(given: &str, family: &str) -> Json {
    json!({ "input": [{
        "key": { "externalId": { "system": "sis", "value": "1" } },
        "student": { "givenName": given, "familyName": family },
    }] })
}

fn with_nul() -> Vec<Case> {
    let nul =
        |name, query: &str, variables: Json| asks(name, query, &variables, 400, "BAD_USER_INPUT");
    let none = || json!({});
    let key = |value: &str| json!({ "externalId": { "system": "sis", "value": value } });
    vec![
        nul("a name", UPSERT, row("A\0", "B")),
        nul("a filter", FIND, json!({ "w": { "familyName": { "eq": "a\0" } } })),
        nul("a prefix", FIND, json!({ "w": { "familyName": { "startsWith": "\0" } } })),
        nul("an id", "query($i: ID!) { student(id: $i) { id } }", json!({ "i": "student_\0" })),
        nul(
            "a key",
            "query($k: KeyInput!) { studentByKey(key: $k) { id } }",
            json!({ "k": key("\0") }),
        ),
        nul(
            "a cursor",
            "query($a: String) { students(first: 1, after: $a) { nodes { id } } }",
            json!({ "a": "\0" }),
        ),
        nul(
            "a literal",
            r#"{ students(first: 1, where: { familyName: { eq: "\u0000" } }) { nodes { id } } }"#,
            none(),
        ),
        nul(
            "a literal in a list",
            r#"{ students(first: 1, where: { familyName: { in: ["a", "\u0000"] } }) { nodes { id } } }"#,
            none(),
        ),
        nul(
            "a literal key",
            r#"{ studentByKey(key: { externalId: { system: "s", value: "\u0000" } }) { id } }"#,
            none(),
        ),
        nul(
            "a default",
            r#"query($t: String = "\u0000") { students(first: 1, where: { familyName: { eq: $t } }) { nodes { id } } }"#,
            none(),
        ),
    ]
}

both! {
    async fn a_nul_is_refused_in_words(app: TestApp) {
        check(&app, &client(&app).await, with_nul()).await;
    }

    async fn a_nul_in_an_argument_inside_a_fragment_is_refused(app: TestApp) {
        let query = r#"{ districts(first: 1) { nodes { ...d } } }
            fragment d on District { schools(first: 1, after: "\u0000") { nodes { id } } }"#;
        let cases = vec![asks("a fragment", query, &json!({}), 400, "BAD_USER_INPUT")];
        check(&app, &client(&app).await, cases).await;
    }

    async fn a_text_that_is_too_long_is_a_problem_of_its_field(app: TestApp) {
        let actor = client(&app).await;
        let found = actor.ok(UPSERT, row(&"x".repeat(900_000), "B")).await;
        let result = &found["studentBulkUpsert"]["results"][0];
        assert_eq!(result["outcome"], "REJECTED");
        let expected = json!([{ "code": "TOO_LONG", "path": ["input", "0", "student", "givenName"] }]);
        assert_eq!(result["userErrors"], expected);
        let body = json!({ "query": UPSERT, "variables": row(&"x".repeat(1 << 20), "B") });
        let answer = app.post(&actor, body.to_string()).await;
        assert_eq!(answer.refusal(), (413, "DOCUMENT_SIZE_EXCEEDED".to_owned()));
        goes_on(&actor).await;
    }

    async fn every_script_comes_back_as_it_went_in(app: TestApp) {
        let actor = client(&app).await;
        for (given, family) in [
            ("👩🏽‍🔬", "🏳️‍🌈"),
            ("محمد", "العربية"),
            ("שרה", "\u{202e}כהן\u{202c}"),
            ("Zoë", "N\u{0303}un\u{0303}ez"),
            ("美咲", "𠮷田"),
            ("O'Brien\"; DROP TABLE student; --", "100%_\\"),
            ("\u{feff}bom", "tab\tnew\nline"),
        ] {
            let written = actor.ok(UPSERT, row(given, family)).await;
            let expected = json!({ "givenName": given, "familyName": family });
            assert_eq!(written["studentBulkUpsert"]["results"][0]["student"], expected);
            for operator in ["eq", "startsWith"] {
                let wanted = json!({ "w": { "familyName": { operator: family } } });
                let found = actor.ok(FIND, wanted).await;
                assert_eq!(found["students"]["nodes"], json!([expected]), "{operator} {family}");
            }
        }
    }

    async fn a_filter_takes_any_text_as_text(app: TestApp) {
        let actor = client(&app).await;
        actor.ok(UPSERT, row("A", "B")).await;
        for text in ["%", "_", "\\", "'", "' OR '1'='1", "B%", "\u{1}", "\u{fffd}", "x".repeat(100_000).as_str()] {
            for operator in ["eq", "startsWith"] {
                let body = json!({ "query": FIND, "variables": { "w": { "familyName": { operator: text } } } });
                let answer = app.post(&actor, body.to_string()).await;
                assert_eq!(answer.json()["data"]["students"]["nodes"], json!([]), "{}", answer.text);
                assert_eq!(telltale(&answer).next(), None, "{}", answer.text);
            }
        }
    }
}
