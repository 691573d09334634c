//! Requests byte by byte, for what no well-behaved client sends.

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;

use super::{Actor, TestApp};

/// An answer as it came.
#[derive(Debug)]
pub struct Raw {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Raw {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("an answer is JSON")
    }

    /// Status and code of the first error.
    pub fn refusal(&self) -> (u16, String) {
        let code = self.json()["errors"][0]["extensions"]["code"].clone();
        (self.status.as_u16(), code.as_str().unwrap_or_default().to_owned())
    }
}

impl TestApp {
    /// Sends any request.
    pub async fn send(&self, request: Request<Body>) -> Raw {
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let text = String::from_utf8(bytes.to_vec()).expect("an answer is UTF-8");
        Raw { status: parts.status, headers: parts.headers, text }
    }

    /// Posts any bytes as a GraphQL request with this `Authorization`.
    pub async fn post_as(&self, authorization: &str, body: impl Into<Body>) -> Raw {
        let request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/graphql-response+json")
            .header(header::AUTHORIZATION, authorization)
            .body(body.into())
            .expect("a request");
        self.send(request).await
    }

    /// Posts any bytes as a GraphQL request of this client.
    pub async fn post(&self, actor: &Actor, body: impl Into<Body>) -> Raw {
        self.post_as(&format!("Bearer {}", actor.token), body).await
    }
}
