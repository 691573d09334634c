//! A collector of traces gets the spans of requests, and nothing about anybody.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, http::StatusCode, routing::post};
use pathbridge::store::Backend;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{SOON, command::Installation, token};
use crate::support::TestDatabase;

const TRACE: u128 = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736;
const PARENT: u64 = 0x00f0_67aa_0ba9_02b7;

/// What the collector was sent, one body after the other.
type Sent = Arc<Mutex<Vec<u8>>>;

/// A collector that keeps what it gets, on a port of its own.
async fn collector() -> (SocketAddr, Sent) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let sent = Sent::default();
    let keep = Arc::clone(&sent);
    let receive = move |body: Bytes| {
        keep.lock().expect("no test failed before").extend_from_slice(&body);
        std::future::ready(StatusCode::OK)
    };
    let routes = Router::new().route("/v1/traces", post(receive));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (address, sent)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_gets_the_span_of_a_query_below_its_callers() {
    let (address, sent) = collector().await;
    let installation = Installation::new(TestDatabase::new(Backend::Sqlite).await);
    let create = ["client", "create", "--kind", "platform", "--scopes", "all", "--json"];
    let client: Value = serde_json::from_str(&installation.run(&create).done()).expect("JSON");
    let endpoint = format!("http://{address}");
    let settings = [("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str())];
    let mut server = installation.serve_with(&["serve"], &settings);
    let http = reqwest::Client::builder().build().expect("a client");
    let token = token(&http, &server, &client).await;
    let query = "query Look($value: String!) {
      studentByKey(key: { externalId: { system: \"Somerville\", value: $value } }) { id }
    }";
    let answer = http
        .post(server.at("/graphql"))
        .bearer_auth(&token)
        .header("traceparent", format!("00-{TRACE:032x}-{PARENT:016x}-01"))
        .json(&json!({ "query": query, "variables": { "value": "Byron" } }))
        .send()
        .await
        .expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    assert_eq!(answer["data"], json!({ "studentByKey": null }), "{answer}");

    let log = server.terminated_within(SOON);
    assert!(log.contains(r#""operation":"Look""#), "the log is as it was: {log}");
    assert!(!log.contains("graphql.operation"), "traces are not logged: {log}");
    let sent = sent.lock().expect("no test failed before");
    for told in [
        "pathbridge",
        "POST /graphql",
        "http.route",
        "http.request.method",
        "http.response.status_code",
        "query Look",
        "graphql.operation.name",
        "graphql.operation.type",
        "POST /oauth/token",
    ] {
        assert!(holds(&sent, told.as_bytes()), "the collector was not told {told}");
    }
    assert!(holds(&sent, &TRACE.to_be_bytes()), "another trace than the caller's");
    assert!(holds(&sent, &PARENT.to_be_bytes()), "not below the caller's span");
    for secret in ["Byron", "Somerville", "studentByKey", &token] {
        assert!(!holds(&sent, secret.as_bytes()), "the collector was told {secret}");
    }
}
