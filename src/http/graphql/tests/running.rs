//! What happens while an operation runs.

use std::{sync::atomic::Ordering, time::Duration};

use axum::http::{Method, StatusCode};
use serde_json::json;
use tower::ServiceExt;

use super::toy::{GRAPHQL, JSON, Toy, request};

#[tokio::test]
async fn a_root_field_that_is_named_twice_runs_once() {
    let toy = Toy::new().await;
    let query = "mutation($no: Boolean = false) { count { id } ...f ... { count { b: id } }
                 ... @include(if: $no) { count { c: id } } }
                 fragment f on Mutation { count { a: id } other: count { id } }";
    let answer = toy.query(GRAPHQL, query).await;
    let expected = json!({ "count": { "id": "1", "a": "1", "b": "1" }, "other": { "id": "2" } });
    assert_eq!(answer.json()["data"], expected, "{}", answer.text);
    assert_eq!(toy.counted.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_panic_is_an_answer() {
    let toy = Toy::new().await;
    let in_resolver = toy.query(JSON, "{ panics }").await;
    let body = json!({ "query": "{ ping }" }).to_string();
    let outside = request(&Method::POST, "/graphql", Some("panic"), JSON, body);
    let outside = toy.send(outside).await;
    for answer in [in_resolver, outside] {
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(answer.code(), "INTERNAL");
        assert!(!answer.text.contains("bug"), "{}", answer.text);
        assert!(answer.text.contains(answer.header("x-request-id")), "{}", answer.text);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    assert_eq!(toy.query(JSON, "{ ping }").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_deadline_ends_the_waiting() {
    let toy = Toy::with_deadline(Duration::from_millis(50)).await;
    for accept in [GRAPHQL, JSON] {
        let answer = toy.query(accept, "{ sleeps }").await;
        assert_eq!(answer.status, StatusCode::GATEWAY_TIMEOUT);
        assert_eq!(answer.code(), "TIMEOUT");
        assert_eq!(answer.json()["errors"][0]["extensions"]["retryable"], true);
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let toy = Toy::with_deadline(Duration::from_millis(50)).await;
    let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let answer = toy.post(GRAPHQL, axum::body::Body::from_stream(never)).await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
}

#[tokio::test]
async fn a_mutation_goes_on_when_its_client_is_gone() {
    let toy = Toy::new().await;
    let body = json!({ "query": "mutation { countLate { id } }" }).to_string();
    let request = request(&Method::POST, "/graphql", Some("full"), GRAPHQL, body);
    let waiting = toy.router.clone().oneshot(request);
    let gave_up = tokio::time::timeout(Duration::from_millis(100), waiting).await;
    assert!(gave_up.is_err(), "the client must hang up first");
    assert_eq!(toy.counted.load(Ordering::SeqCst), 0);
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if toy.counted.load(Ordering::SeqCst) == 1 {
            return;
        }
    }
    panic!("the mutation stopped with its client");
}
