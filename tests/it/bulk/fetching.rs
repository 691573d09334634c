//! Fetching the files of jobs: whole, in part, and not by others.

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use chrono::TimeDelta;
use http_body_util::BodyExt;
use pathbridge::{
    auth::{Scope, Scopes, Tenant},
    bulk::file::Part,
};
use serde_json::{Value as Json, json};
use tower::ServiceExt;

use super::{
    exporting::{LISTS, queued, world},
    world::{World, sha256},
};
use crate::support::{Actor, TestApp, both};

/// An answer as it came, byte by byte.
pub struct Fetched {
    pub status: u16,
    headers: axum::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Fetched {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a text"))
    }

    pub fn code(&self) -> Json {
        let body: Json = serde_json::from_slice(&self.bytes).expect("JSON");
        body["errors"][0]["extensions"]["code"].clone()
    }
}

async fn fetch(
    app: &TestApp,
    method: Method,
    path: &str,
    actor: Option<&Actor>,
    headers: &[(&str, &str)],
) -> Fetched {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(actor) = actor {
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", actor.token));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = app.router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes().to_vec();
    Fetched { status: parts.status.as_u16(), headers: parts.headers, bytes }
}

/// Fetches the result of a job as its client.
pub async fn get(world: &World<'_>, id: &str, headers: &[(&str, &str)]) -> Fetched {
    fetch(world.app, Method::GET, &format!("/bulk/results/{id}"), Some(&world.sis), headers).await
}

both! {
    async fn a_part_of_a_file_is_a_part_of_it(app: TestApp) {
        let world = world(&app, 200).await;
        let input = json!({ "query": "{ students { nodes { id familyName } } }", "format": "CSV", "compression": "NONE" });
        let id = queued(&world.sis, &input).await;
        world.work().await;
        let whole = get(&world, &id, &[("accept-encoding", "gzip")]).await;
        assert_eq!(whole.header("content-type"), "text/csv; charset=utf-8; header=present");
        assert_eq!(whole.header("content-encoding"), "", "its parts are counted as it lies there");
        assert_eq!(whole.header("content-disposition"), "attachment; filename=\"students-2026-09-01.csv\"");
        assert_eq!(whole.header("accept-ranges"), "bytes");
        let tag = whole.header("etag").to_owned();
        assert_eq!(tag, format!("\"{}\"", sha256(&whole.bytes)));
        assert!(whole.bytes.starts_with(b"__typename,id,familyName\r\nStudent,student_"));
        let size = whole.bytes.len();

        let part = get(&world, &id, &[("range", "bytes=10-29"), ("if-range", &tag), ("accept-encoding", "gzip")]).await;
        assert_eq!((part.status, part.header("content-range")), (206, format!("bytes 10-29/{size}").as_str()));
        assert_eq!((part.header("content-length"), part.bytes.as_slice()), ("20", &whole.bytes[10..30]));
        let rest = get(&world, &id, &[("range", "bytes=30-")]).await;
        assert_eq!((rest.status, rest.bytes.as_slice()), (206, &whole.bytes[30..]));
        let other = get(&world, &id, &[("range", "bytes=10-29"), ("if-range", "\"other\"")]).await;
        assert_eq!((other.status, other.bytes.len()), (200, size));
        let beyond = get(&world, &id, &[("range", &format!("bytes={size}-"))]).await;
        assert_eq!((beyond.status, beyond.header("content-range")), (416, format!("bytes */{size}").as_str()));
        let known = get(&world, &id, &[("if-none-match", &tag)]).await;
        assert_eq!((known.status, known.header("etag"), known.bytes.len()), (304, tag.as_str(), 0));

        let path = format!("/bulk/results/{id}");
        let head = fetch(&app, Method::HEAD, &path, Some(&world.sis), &[("range", "bytes=0-1")]).await;
        assert_eq!((head.status, head.header("content-length"), head.bytes.len()), (200, size.to_string().as_str(), 0));
        let rejected = fetch(&app, Method::GET, &format!("{path}/rejected"), Some(&world.sis), &[]).await;
        assert_eq!((rejected.status, rejected.code()), (404, json!("NOT_FOUND")));
    }

    async fn a_file_is_fetched_by_its_client_when_it_is_there_and_by_nobody_else(app: TestApp) {
        let world = world(&app, 3).await;
        let id = queued(&world.sis, &json!({ "query": LISTS, "format": "NDJSON" })).await;
        let early = get(&world, &id, &[]).await;
        assert_eq!((early.status, early.code(), early.header("retry-after")), (409, json!("UNAVAILABLE"), "5"));
        world.work().await;
        let path = format!("/bulk/results/{id}");
        let other = world.other(Scopes::all()).await;
        let platform = app.client(Tenant::Platform).await;
        for stranger in [&other, &platform] {
            let refused = fetch(&app, Method::GET, &path, Some(stranger), &[]).await;
            assert_eq!((refused.status, refused.code()), (404, json!("NOT_FOUND")));
        }
        let weak = world.other([Scope::StudentsRead].into_iter().collect()).await;
        let refused = fetch(&app, Method::GET, &path, Some(&weak), &[]).await;
        assert_eq!((refused.status, refused.code()), (403, json!("FORBIDDEN")));
        let refused = fetch(&app, Method::GET, &path, None, &[]).await;
        assert_eq!((refused.status, refused.code()), (401, json!("UNAUTHENTICATED")));
        for nothing in ["job_01jd", "student_00000000000000000000000000", "x"] {
            let refused = get(&world, nothing, &[]).await;
            assert_eq!((refused.status, refused.code()), (404, json!("NOT_FOUND")), "{nothing}");
        }
        assert_eq!(get(&world, &id, &[]).await.status, 200);

        app.clock.advance(TimeDelta::days(8));
        let later = World { sis: app.renewed(&world.sis).await, ..World { app: &app, district: world.district, sis: world.sis.clone(), means: world.means.clone() } };
        later.work().await;
        let gone = get(&later, &id, &[]).await;
        assert_eq!((gone.status, gone.code()), (410, json!("NOT_FOUND")));
        assert_eq!(later.job(&id).await["resultUrl"], Json::Null);
        assert_eq!(later.file(&id, Part::Result).await, "");
    }
}
