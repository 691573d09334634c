//! What is taken and what is turned away.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use serde_json::json;

use super::toy::{GRAPHQL, JSON, Toy, request};

#[tokio::test]
async fn an_answer_has_its_keys_in_query_order_and_its_headers() {
    let toy = Toy::new().await;
    for (accept, media) in [(GRAPHQL, GRAPHQL), (JSON, JSON), ("*/*", JSON)] {
        let answer = toy.query(accept, "{ z: ping __typename a: ping }").await;
        assert_eq!(answer.status, StatusCode::OK);
        let expected = "{\"data\":{\"z\":\"pong\",\"__typename\":\"Query\",\"a\":\"pong\"},\
                        \"extensions\":{\"cost\":{\"requestedQueryCost\":0}}}";
        assert_eq!(answer.text, expected);
        assert_eq!(answer.header("content-type"), format!("{media}; charset=utf-8"));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-request-id").len(), 32);
        let vary: Vec<_> = answer.headers.get_all("vary").iter().collect();
        assert!(vary.iter().any(|value| *value == "Accept, Authorization"), "{vary:?}");
    }
}

#[tokio::test]
async fn a_callers_request_id_is_kept_when_it_is_harmless() {
    let toy = Toy::new().await;
    let body = json!({ "query": "{ requestId }" }).to_string();
    let long = "x".repeat(65);
    for (given, is_kept) in [("Order_66-a", true), ("a b", false), ("", false), (&*long, false)] {
        let mut request = request(&Method::POST, "/graphql", Some("full"), GRAPHQL, body.clone());
        request.headers_mut().insert("x-request-id", given.parse().unwrap());
        let answer = toy.send(request).await;
        let id = answer.header("x-request-id");
        assert_eq!(id == given, is_kept, "{given}");
        assert_eq!(answer.json()["data"]["requestId"], id);
    }
}

#[tokio::test]
async fn get_takes_queries_and_nothing_else() {
    let toy = Toy::new().await;
    let uri = "/graphql?query=query%20A($t:String!)%7Becho(text:$t)%7D%20query%20B%7Bping%7D\
               &operationName=A&variables=%7B%22t%22:%22hi%22%7D&extensions=&unknown=1";
    assert_eq!(toy.get(uri).await.json()["data"], json!({ "echo": "hi" }));
    let answer = toy.get("/graphql?query=mutation%7Bcount%7Bid%7D%7D").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "POST");
    assert_eq!(toy.counted.load(std::sync::atomic::Ordering::SeqCst), 0);
    for uri in [
        "/graphql",
        "/graphql?query=",
        "/graphql?query=%7Bping%7D&query=%7Bping%7D",
        "/graphql?query=%7Bping%7D&variables=nope",
        "/graphql?query=%7Bping%7D&variables=%5B%5D",
    ] {
        let answer = toy.get(uri).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::BAD_REQUEST, "BAD_USER_INPUT".into())
        );
    }
}

#[tokio::test]
async fn other_methods_are_told_which_ones_there_are() {
    let toy = Toy::new().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let answer = toy.send(request(&method, "/graphql", Some("full"), JSON, "")).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(answer.header("allow"), "GET, POST");
    }
}

#[tokio::test]
async fn only_plain_json_in_utf_8_is_read() {
    let toy = Toy::new().await;
    let send = |headers: Vec<(&'static str, &'static str)>| {
        let mut builder = Request::post("/graphql").header("authorization", "Bearer full");
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        toy.send(builder.body(Body::from(r#"{"query":"{ping}"}"#)).unwrap())
    };
    for taken in ["application/json", "Application/JSON; charset=\"UTF-8\"; x=y"] {
        assert_eq!(send(vec![("content-type", taken)]).await.status, StatusCode::OK);
    }
    for refused in [
        vec![],
        vec![("content-type", "text/plain")],
        vec![("content-type", "application/x-www-form-urlencoded")],
        vec![("content-type", "multipart/form-data; boundary=x")],
        vec![("content-type", "application/json; charset=latin1")],
        vec![("content-type", "application/json"), ("content-type", "text/plain")],
        vec![("content-type", "application/json"), ("content-encoding", "gzip")],
    ] {
        let answer = send(refused.clone()).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{refused:?}");
    }
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_not_made() {
    let toy = Toy::new().await;
    let answer = toy.query("text/html", "{ ping }").await;
    assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE);
    assert!(answer.header("content-type").starts_with(JSON));
}

#[tokio::test]
async fn a_malformed_request_is_400_to_everybody() {
    let toy = Toy::new().await;
    for accept in [GRAPHQL, JSON] {
        for (body, code) in [
            ("{ \"not a JSON", "BAD_USER_INPUT"),
            ("", "BAD_USER_INPUT"),
            ("7", "BAD_USER_INPUT"),
            ("{}", "BAD_USER_INPUT"),
            ("{\"query\":7}", "BAD_USER_INPUT"),
            ("{\"query\":\"{ping}\",\"operationName\":{}}", "BAD_USER_INPUT"),
            ("{\"query\":\"{ping}\",\"variables\":[]}", "BAD_USER_INPUT"),
            ("{\"query\":\"{ping}\",\"extensions\":\"x\"}", "BAD_USER_INPUT"),
            ("[{\"query\":\"{ping}\"},{\"query\":\"{ping}\"}]", "BATCHING_NOT_SUPPORTED"),
        ] {
            let answer = toy.post(accept, body).await;
            assert_eq!((answer.status, &*answer.code()), (StatusCode::BAD_REQUEST, code), "{body}");
            assert!(answer.json().get("data").is_none());
        }
    }
    let nulls = json!({ "query": "{ ping }", "variables": null, "operationName": null,
                        "extensions": null, "unknown": [1] });
    assert_eq!(toy.post(GRAPHQL, nulls.to_string()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_ends_at_its_limit() {
    let toy = Toy::new().await;
    let mebibyte = 1024 * 1024;
    let body = |length: usize| {
        let empty = json!({ "query": "{ ping }", "extensions": { "x": "" } }).to_string().len();
        let filler = "x".repeat(length - empty);
        json!({ "query": "{ ping }", "extensions": { "x": filler } }).to_string()
    };
    assert_eq!(toy.post(GRAPHQL, body(mebibyte)).await.status, StatusCode::OK);
    let announced = toy.post(GRAPHQL, body(mebibyte + 1)).await;
    let chunks = body(10 * mebibyte).into_bytes();
    let chunks: Vec<_> =
        chunks.chunks(65_536).map(|chunk| Ok::<_, std::io::Error>(chunk.to_vec())).collect();
    let streamed = toy.post(GRAPHQL, Body::from_stream(futures_util::stream::iter(chunks))).await;
    for answer in [announced, streamed] {
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(answer.code(), "DOCUMENT_SIZE_EXCEEDED");
    }
}

#[tokio::test]
async fn long_answers_are_compressed_for_those_who_ask() {
    let toy = Toy::new().await;
    for (first, encoding) in [(200, "gzip"), (1, "")] {
        let body = json!({ "query": format!("{{ things(first: {first}) {{ nodes {{ id }} }} }}") });
        let mut request =
            request(&Method::POST, "/graphql", Some("full"), GRAPHQL, body.to_string());
        request.headers_mut().insert("accept-encoding", "gzip, br".parse().unwrap());
        assert_eq!(toy.send(request).await.header("content-encoding"), encoding);
    }
}
