//! What is wrong, and who is told how.

use axum::http::{Method, StatusCode};
use serde_json::{Value as Json, json};

use super::toy::{GRAPHQL, JSON, Toy, request};

#[tokio::test]
async fn a_wrong_document_is_400_or_200_by_media_type_and_has_no_data() {
    let toy = Toy::new().await;
    let names: Vec<_> = (0..31).map(|i| format!("a{i}: id")).collect();
    let aliased = format!("{{ things(first: 1) {{ nodes {{ {} }} }} }}", names.join(" "));
    let deep = format!("{{ {}", "a { ".repeat(10_000));
    let cases = [
        (json!({ "query": "{" }), "GRAPHQL_PARSE_FAILED"),
        (json!({ "query": "{ ping\u{0} }" }), "GRAPHQL_PARSE_FAILED"),
        (json!({ "query": "{ nope }" }), "GRAPHQL_VALIDATION_FAILED"),
        (json!({ "query": "{ ping @aa @bb }" }), "GRAPHQL_VALIDATION_FAILED"),
        (
            json!({ "query": "query A { ping } query B { nope }", "operationName": "A" }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (json!({ "query": "query($a: String!) { echo(text: $a) }" }), "BAD_USER_INPUT"),
        (json!({ "query": "query A { ping } query B { ping }" }), "OPERATION_RESOLUTION_FAILURE"),
        (json!({ "query": "{ ping }", "operationName": "A" }), "OPERATION_RESOLUTION_FAILURE"),
        (
            json!({ "query": "query($n: Int!) { sum(numbers: [$n, 1.5]) }", "variables": { "n": 1 } }),
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (json!({ "query": aliased }), "ALIAS_LIMIT_EXCEEDED"),
        (json!({ "query": deep }), "DEPTH_LIMIT_EXCEEDED"),
        (json!({ "query": "{ things(first: 6000) { nodes { id } } }" }), "COST_LIMIT_EXCEEDED"),
        (json!({ "query": "subscription { ticks }" }), "SUBSCRIPTION_TRANSPORT"),
    ];
    for (body, code) in cases {
        for (accept, status) in [(GRAPHQL, StatusCode::BAD_REQUEST), (JSON, StatusCode::OK)] {
            let answer = toy.post(accept, body.to_string()).await;
            assert_eq!((answer.status, &*answer.code()), (status, code), "{body:.200}");
            assert!(answer.json().get("data").is_none(), "{body:.200}");
            let extensions = answer.json()["errors"][0]["extensions"].clone();
            assert_eq!(extensions["requestId"], answer.header("x-request-id"));
            assert!(extensions["docUrl"].as_str().unwrap().ends_with(code), "{extensions}");
        }
    }
}

#[tokio::test]
async fn a_valid_document_stays_valid_and_an_invalid_one_stays_invalid() {
    let toy = Toy::new().await;
    for _ in 0..3 {
        let valid = toy.query(GRAPHQL, "query($a: Boolean = false) { ping @skip(if: $a) }").await;
        assert_eq!(valid.json()["data"], json!({ "ping": "pong" }));
        let invalid = toy.query(GRAPHQL, "{ ping { x } }").await;
        assert_eq!(invalid.code(), "GRAPHQL_VALIDATION_FAILED");
    }
}

#[tokio::test]
async fn the_price_of_what_is_too_dear_is_told() {
    let toy = Toy::new().await;
    let answer = toy.query(GRAPHQL, "{ t: things(first: 6000) { nodes { id } } }").await;
    let error = answer.json()["errors"][0].clone();
    assert_eq!(error["extensions"]["requestedCost"], 6001);
    assert_eq!(error["extensions"]["maximum"], 5000);
    assert!(error["message"].as_str().unwrap().contains("t.nodes (6000)"), "{error}");
    let answer = toy.query(GRAPHQL, "{ things(first: 3) { nodes { id } } }").await;
    assert_eq!(answer.json()["extensions"]["cost"], json!({ "requestedQueryCost": 4 }));
}

#[tokio::test]
async fn without_a_valid_token_there_is_a_challenge() {
    let toy = Toy::new().await;
    let ask = |token: Option<&'static str>, query: &str| {
        let body = json!({ "query": query }).to_string();
        toy.send(request(&Method::POST, "/graphql", token, GRAPHQL, body))
    };
    let plain = ask(None, "{ __schema { queryType { name } } }").await;
    assert_eq!((plain.status, &*plain.code()), (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED"));
    assert_eq!(plain.header("www-authenticate"), "Bearer realm=\"pathbridge\"");
    let unknown = ask(Some("wrong"), "{ __typename }").await;
    assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
    let expected = "Bearer realm=\"pathbridge\", error=\"invalid_token\", \
                    error_description=\"the token is unknown\"";
    assert_eq!(unknown.header("www-authenticate"), expected);
    let expired = ask(Some("expired"), "{ ping }").await;
    assert_eq!((expired.status, &*expired.code()), (StatusCode::UNAUTHORIZED, "TOKEN_EXPIRED"));
    let mut basic = request(&Method::GET, "/graphql?query=%7Bping%7D", None, GRAPHQL, "");
    basic.headers_mut().insert("authorization", "Basic YTpi".parse().unwrap());
    assert_eq!(toy.send(basic).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_stranger_may_ask_for_the_typename_alone() {
    let toy = Toy::new().await;
    let ask = |body: String| toy.send(request(&Method::POST, "/graphql", None, JSON, body));
    for query in ["{ __typename }", "{__typename}", "\n{\n  __typename\n}\n"] {
        let answer = ask(json!({ "query": query }).to_string()).await;
        assert_eq!(answer.json(), json!({ "data": { "__typename": "Query" } }));
    }
    let get = request(&Method::GET, "/graphql?query=%7B__typename%7D", None, JSON, "");
    assert_eq!(toy.send(get).await.status, StatusCode::OK);
    for body in [
        json!({ "query": "{ __typename ping }" }).to_string(),
        json!({ "query": "mutation { __typename }" }).to_string(),
        json!({ "query": "{ __typename }", "x": "x".repeat(2000) }).to_string(),
        "{ no JSON".to_owned(),
    ] {
        assert_eq!(ask(body).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_missing_scope_is_403_with_its_name_and_place() {
    let toy = Toy::new().await;
    let ask = |query: &str| {
        let body = json!({ "query": query }).to_string();
        toy.send(request(&Method::POST, "/graphql", Some("none"), JSON, body))
    };
    let answer = ask("{ ping s: secret }").await;
    assert_eq!((answer.status, &*answer.code()), (StatusCode::FORBIDDEN, "FORBIDDEN"));
    let error = answer.json()["errors"][0].clone();
    assert_eq!(error["path"], json!(["s"]));
    assert_eq!(error["extensions"]["requiredScope"], "students:read");
    let expected =
        "Bearer realm=\"pathbridge\", error=\"insufficient_scope\", scope=\"students:read\"";
    assert_eq!(answer.header("www-authenticate"), expected);
    assert_eq!(ask("{ ping __schema { queryType { name } } }").await.status, StatusCode::OK);
    let answer = toy.query(JSON, "{ ...f } fragment f on Query { forgotten }").await;
    assert_eq!((answer.status, &*answer.code()), (StatusCode::FORBIDDEN, "FORBIDDEN"));
    assert!(answer.json().get("data").is_none());
}

#[tokio::test]
async fn an_error_of_a_field_leaves_the_rest_and_tells_no_cause() {
    let toy = Toy::new().await;
    for accept in [GRAPHQL, JSON] {
        let answer = toy.query(accept, "{ ping fails }").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.json()["data"], json!({ "ping": "pong", "fails": null }));
        assert_eq!(answer.code(), "INTERNAL");
        assert!(!answer.text.contains("SELECT"), "{}", answer.text);
        let answer = toy.query(accept, "{ ping failsWhole }").await;
        assert_eq!((answer.status, &*answer.code()), (StatusCode::OK, "NOT_FOUND"));
        assert_eq!(answer.json()["data"], Json::Null);
        assert!(answer.text.contains("\"data\":null"), "{}", answer.text);
    }
}
