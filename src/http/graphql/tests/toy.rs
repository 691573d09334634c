//! A toy server, and a client that speaks to it without a socket.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
    },
    time::Duration,
};

use async_graphql::{ID, MergedObject, Object, Schema, SimpleObject, Subscription, TypeDirective};
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use chrono::DateTime;
use entity::id::ApiClientId;
use futures_util::{Stream, future::BoxFuture, stream};
use http_body_util::BodyExt;
use serde_json::Value as Json;
use tower::ServiceExt;
use uuid::Uuid;

use crate::{
    app::App,
    auth::{Caller, Keys, Scope, Scopes, Tenant},
    clock::Clock,
    config::Config,
    error::{Error, Result},
    graphql::{Api, RequestId, Schemas, guard::Limits},
    http::Authenticate,
    store::Db,
};

#[TypeDirective(location = "FieldDefinition", location = "Object")]
fn scope(requires: String) {}

#[TypeDirective(name = "listSize", location = "FieldDefinition")]
fn list_size(slicing_arguments: Vec<String>) {}

fn any() -> String {
    Scope::Any.name().to_owned()
}

pub(super) struct Things;

#[derive(SimpleObject)]
struct Thing {
    id: ID,
}

#[derive(SimpleObject)]
struct ThingConnection {
    nodes: Vec<Thing>,
}

#[Object]
impl Things {
    #[graphql(directive = scope::apply(any()))]
    async fn ping(&self) -> &str {
        "pong"
    }

    #[graphql(directive = scope::apply(any()))]
    async fn echo(&self, text: String) -> String {
        text
    }

    #[graphql(directive = scope::apply(any()))]
    async fn sum(&self, numbers: Vec<i32>) -> i32 {
        numbers.iter().sum()
    }

    #[graphql(directive = scope::apply(any()))]
    async fn request_id(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<String> {
        ctx.data::<Caller>()?;
        ctx.data::<App>()?;
        Ok(ctx.data::<RequestId>()?.0.to_string())
    }

    #[graphql(directive = scope::apply(Scope::StudentsRead.name().into()))]
    async fn secret(&self) -> i32 {
        42
    }

    async fn forgotten(&self) -> i32 {
        13
    }

    #[graphql(directive = scope::apply(any()))]
    async fn fails(&self) -> Option<async_graphql::Result<i32>> {
        Some(Err(Error::internal("SELECT password FROM clients").into()))
    }

    #[graphql(directive = scope::apply(any()))]
    async fn fails_whole(&self) -> async_graphql::Result<i32> {
        Err(Error::NotFound("student").into())
    }

    #[graphql(directive = scope::apply(any()))]
    async fn panics(&self) -> i32 {
        let digits = "a bug in a resolver";
        digits.parse().expect("a bug in a resolver")
    }

    #[graphql(directive = scope::apply(any()))]
    async fn sleeps(&self) -> i32 {
        tokio::time::sleep(Duration::from_mins(1)).await;
        0
    }

    #[graphql(
        directive = scope::apply(any()),
        directive = list_size::apply(vec!["first".to_owned()])
    )]
    async fn things(&self, first: i32) -> ThingConnection {
        let nodes = (0..first).map(|id| Thing { id: ID::from(id) }).collect();
        ThingConnection { nodes }
    }
}

#[derive(MergedObject)]
#[graphql(name = "Query")]
pub(super) struct Query(Things);

pub(super) struct Mutation(Arc<AtomicI32>);

#[Object]
impl Mutation {
    #[graphql(directive = scope::apply(any()))]
    async fn count(&self) -> Thing {
        Thing { id: ID::from(self.0.fetch_add(1, Ordering::SeqCst) + 1) }
    }

    #[graphql(directive = scope::apply(any()))]
    async fn count_late(&self) -> Thing {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Thing { id: ID::from(self.0.fetch_add(1, Ordering::SeqCst) + 1) }
    }
}

pub(super) struct Ticks;

#[Subscription(name = "Subscription")]
impl Ticks {
    #[graphql(directive = scope::apply(any()))]
    async fn ticks(&self) -> impl Stream<Item = i32> {
        stream::iter([1])
    }
}

struct Tokens;

impl Authenticate for Tokens {
    fn caller<'a>(&'a self, bearer: &'a str) -> BoxFuture<'a, Result<Caller>> {
        let scopes = match bearer {
            "full" => Ok(Scopes::all()),
            "none" => Ok(Scopes::default()),
            "expired" => Err(Error::TokenExpired),
            "panic" => panic!("a bug in a handler"),
            _ => Err(Error::Unauthenticated("the \"token\" is unknown")),
        };
        let caller = scopes.map(|scopes| Caller {
            client: ApiClientId(Uuid::nil()),
            tenant: Tenant::Platform,
            scopes,
            now: DateTime::UNIX_EPOCH,
            request: None,
            once: None,
        });
        Box::pin(std::future::ready(caller))
    }
}

/// The toy server.
pub(super) struct Toy {
    pub router: Router,
    pub counted: Arc<AtomicI32>,
}

/// An answer with its body read.
#[derive(Debug)]
pub(super) struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answered {
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).expect("the body is JSON")
    }

    pub fn code(&self) -> String {
        let code = self.json()["errors"][0]["extensions"]["code"].clone();
        code.as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(super) const GRAPHQL: &str = "application/graphql-response+json";
pub(super) const JSON: &str = "application/json";

impl Toy {
    pub async fn new() -> Self {
        Self::with_deadline(Duration::from_secs(10)).await
    }

    pub async fn with_deadline(request_deadline: Duration) -> Self {
        let counted = Arc::new(AtomicI32::new(0));
        let shared = Arc::clone(&counted);
        let schemas =
            Schemas::build(|| Schema::build(Query(Things), Mutation(Arc::clone(&shared)), Ticks));
        let sdl = schemas.strict().sdl();
        let api = Api::new(schemas, &sdl, Limits::default()).unwrap();
        let db = Db::connect("sqlite::memory:", None).await.unwrap();
        let config = Config { request_deadline, ..Config::at(([127, 0, 0, 1], 1).into()) };
        let app = App::new(db, config, Clock::system(), Keys::new(&[0; 32]));
        Self { router: crate::http::router(app, Arc::new(api), Arc::new(Tokens)), counted }
    }

    pub async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answered { status: parts.status, headers: parts.headers, text }
    }

    /// A POST with a token for everything.
    pub async fn post(&self, accept: &str, body: impl Into<Body>) -> Answered {
        self.send(request(&Method::POST, "/graphql", Some("full"), accept, body)).await
    }

    /// The same, for a document without variables.
    pub async fn query(&self, accept: &str, query: &str) -> Answered {
        self.post(accept, serde_json::json!({ "query": query }).to_string()).await
    }

    /// A GET with a token for everything.
    pub async fn get(&self, uri: &str) -> Answered {
        self.send(request(&Method::GET, uri, Some("full"), GRAPHQL, "")).await
    }
}

pub(super) fn request(
    method: &Method,
    uri: &str,
    token: Option<&str>,
    accept: &str,
    body: impl Into<Body>,
) -> Request<Body> {
    let mut builder = Request::builder().method(method.clone()).uri(uri).header("accept", accept);
    if *method == Method::POST {
        builder = builder.header("content-type", JSON);
    }
    if let Some(token) = token {
        builder = builder.header("authorization", format!("Bearer {token}"));
    }
    builder.body(body.into()).unwrap()
}
