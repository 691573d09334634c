//! Documents that are no question, or too large a one.

use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};

use super::{Case, asks, check, client, goes_on};
use crate::support::both;

const DEEP: usize = 10_000;

fn repeated(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(" ")
}

/// Thirty fragments that each spread the next one twice: a billion fields in 750 bytes.
fn doubling() -> String {
    let mut text = "{...a0}".to_owned();
    for at in 0..30 {
        write!(text, "fragment a{at} on Query{{...a{0} ...a{0}}}", at + 1).expect("room");
    }
    text + "fragment a30 on Query{__typename}"
}

fn limits() -> Vec<Case> {
    let none = Json::Null;
    let refused = |name, document: &str, code| asks(name, document, &none, 400, code);
    let list = |inner: &str| format!("{{ students(first: 1) {{ nodes {{ {inner} }} }} }}");
    let selections = format!("{}{}", "{ a ".repeat(DEEP), "}".repeat(DEEP));
    let inputs = format!(
        "{{ students(first: 1, where: {}{}) {{ nodes {{ id }} }} }}",
        "{ not: ".repeat(DEEP),
        "}".repeat(DEEP)
    );
    let lists = format!("{{ nodes(ids: {}{}) {{ id }} }}", "[".repeat(DEEP), "]".repeat(DEEP));
    let aliases = list(&repeated(31, |at| format!("a{at}: id")));
    let roots = format!("{{ {} }}", repeated(21, |at| format!("r{at}: __typename")));
    let directives = list(&repeated(21, |_| "id @include(if: true)".to_owned()));
    let tokens = list(&"id, ".repeat(10_001));
    let tower = format!(
        "{{ students(first: 1) {{ nodes {{ {} id {} }} }} }}",
        "school { students(first: 1) { nodes { ".repeat(5),
        "} } }".repeat(5)
    );
    vec![
        refused("selections in selections", &selections, "DEPTH_LIMIT_EXCEEDED"),
        refused("input objects in input objects", &inputs, "DEPTH_LIMIT_EXCEEDED"),
        refused("lists in lists", &lists, "DEPTH_LIMIT_EXCEEDED"),
        refused("a tower of edges", &tower, "DEPTH_LIMIT_EXCEEDED"),
        refused("too many aliases", &aliases, "ALIAS_LIMIT_EXCEEDED"),
        refused("too many root fields", &roots, "ROOT_FIELD_LIMIT_EXCEEDED"),
        refused("too many directives", &directives, "DIRECTIVE_LIMIT_EXCEEDED"),
        refused("one field again and again", &list(&"id ".repeat(101)), "REPEAT_LIMIT_EXCEEDED"),
        refused("too many tokens", &tokens, "TOKEN_LIMIT_EXCEEDED"),
        refused("a fragment that doubles", &doubling(), "FRAGMENT_LIMIT_EXCEEDED"),
    ]
}

fn nonsense() -> Vec<Case> {
    let none = Json::Null;
    let invalid =
        |name, document: &str| asks(name, document, &none, 400, "GRAPHQL_VALIDATION_FAILED");
    let one = |arguments: &str| format!("{{ students({arguments}) {{ nodes {{ id }} }} }}");
    let by_variable = |name, ty: &str, value: Json| {
        let document =
            format!("query($v: {ty}) {{ students(first: 1, where: $v) {{ nodes {{ id }} }} }}");
        asks(name, &document, &json!({ "v": value }), 400, "BAD_USER_INPUT")
    };
    let size = "query($n: Int) { students(first: $n) { nodes { id } } }";
    let other = json!({ "query": "query A { __typename }", "operationName": "B" }).to_string();
    vec![
        asks("no document", "", &none, 400, "GRAPHQL_PARSE_FAILED"),
        asks("a NUL in the document", "{ \0 }", &none, 400, "GRAPHQL_PARSE_FAILED"),
        invalid("an unknown field", "{ students(first: 1) { nodes { shoeSize } } }"),
        invalid("an unknown argument", &one("first: 1, color: 1")),
        invalid("an enum as a string", &one(r#"first: 1, where: { status: { eq: "ACTIVE" } }"#)),
        invalid("an unknown enum value", &one("first: 1, where: { status: { eq: ASLEEP } }")),
        invalid(
            "a field of an input twice",
            &one("first: 1, where: { status: { eq: ACTIVE, eq: INACTIVE } }"),
        ),
        invalid("a number too large", &one("first: 99999999999999999999")),
        by_variable(
            "an unknown value by variable",
            "StudentWhere",
            json!({ "status": { "eq": "ASLEEP" } }),
        ),
        by_variable("an unknown member", "StudentWhere", json!({ "shoeSize": 1 })),
        asks("a large number", size, &json!({ "n": 1e300 }), 400, "BAD_USER_INPUT"),
        asks("a broken number", size, &json!({ "n": 1.5 }), 400, "BAD_USER_INPUT"),
        asks("a number as text", size, &json!({ "n": "1" }), 400, "BAD_USER_INPUT"),
        super::bytes("another operation", other, 400, "OPERATION_RESOLUTION_FAILURE"),
        asks("a subscription", "subscription { x }", &none, 400, "GRAPHQL_VALIDATION_FAILED"),
    ]
}

both! {
    async fn a_document_beyond_a_limit_is_refused_by_its_name(app: TestApp) {
        check(&app, &client(&app).await, limits()).await;
    }

    async fn a_document_that_is_no_question_is_refused(app: TestApp) {
        check(&app, &client(&app).await, nonsense()).await;
    }

    async fn a_document_that_doubles_costs_nothing(app: TestApp) {
        let actor = client(&app).await;
        goes_on(&actor).await;
        let started = Instant::now();
        let answer = actor.gql(&doubling(), json!({})).await;
        let took = started.elapsed();
        assert_eq!(answer.codes(), ["FRAGMENT_LIMIT_EXCEEDED"]);
        // A debug build on a busy machine: still nothing against a billion fields.
        assert!(took < Duration::from_millis(100), "{took:?}");
    }

    async fn at_most_fifty_errors_are_told(app: TestApp) {
        let actor = client(&app).await;
        let wrong = repeated(90, |at| format!("wrong{at}"));
        let document = format!("{{ students(first: 1) {{ nodes {{ {wrong} }} }} }}");
        let answer = actor.gql(&document, json!({})).await;
        let errors = answer.body["errors"].as_array().expect("errors");
        assert_eq!(errors.len(), 51);
        assert_eq!(errors[50]["message"], "40 more errors were left out");
    }
}
