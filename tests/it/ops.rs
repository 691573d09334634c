//! What an operator asks of a running server, in process.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use pathbridge::{
    app::App,
    auth::{Keys, Tenant},
    config::Config,
    http, schema,
    store::Db,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, sync::oneshot};
use tower::ServiceExt;

use crate::support::{TestClock, both};

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

async fn get(router: &Router, path: &str, with: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in with {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    let answer = router.clone().oneshot(request).await.expect("an answer");
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = answer.into_body().collect().await.expect("a body").to_bytes();
    Answer { status, headers, text: String::from_utf8(bytes.to_vec()).expect("text") }
}

/// The value of a series; nothing was counted where there is none.
fn count(metrics: &str, series: &str) -> f64 {
    let line = metrics.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0.0, |value| value.parse().expect("a number"))
}

both! {
    async fn a_server_in_order_lives_and_is_ready(app: TestApp) {
        let live = get(&app.router, "/livez", &[]).await;
        assert_eq!((live.status, live.json()), (StatusCode::OK, json!({ "status": "alive" })));
        let ready = get(&app.router, "/readyz", &[]).await;
        let parts = json!({ "process": "ok", "database": "ok", "migrations": "ok" });
        assert_eq!(ready.json(), json!({ "status": "ready", "parts": parts }));
        assert_eq!(ready.status, StatusCode::OK);
        assert_eq!(ready.header("cache-control"), "no-store");
    }

    async fn a_stopping_server_lives_and_is_not_ready(app: TestApp) {
        app.app.lifetime.stop();
        let ready = get(&app.router, "/readyz", &[]).await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(ready.json()["parts"]["process"], "stopping");
        assert_eq!(ready.json()["parts"]["database"], "ok");
        assert_eq!(get(&app.router, "/livez", &[]).await.status, StatusCode::OK);
    }

    async fn pending_migrations_make_a_server_not_ready(app: TestApp) {
        migration::down(app.app.db.writer()).await.expect("the migrations can be taken back");
        let ready = get(&app.router, "/readyz", &[]).await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        let parts = json!({ "process": "ok", "database": "ok", "migrations": "pending" });
        assert_eq!(ready.json(), json!({ "status": "not ready", "parts": parts }));
        migration::up(app.app.db.writer()).await.expect("the migrations run");
        assert_eq!(get(&app.router, "/readyz", &[]).await.status, StatusCode::OK);
    }

    async fn a_lost_database_is_told_in_words_of_ours(app: TestApp) {
        let connection = app.app.db.latest().clone();
        connection.close().await.expect("the pool closes");
        let ready = get(&app.router, "/readyz", &[]).await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        let parts = json!({ "process": "ok", "database": "unreachable", "migrations": "unknown" });
        assert_eq!(ready.json(), json!({ "status": "not ready", "parts": parts }));
        assert_eq!(get(&app.router, "/livez", &[]).await.status, StatusCode::OK);
    }

    async fn requests_and_operations_and_statements_are_counted(app: TestApp) {
        const REQUESTS: &str =
            r#"http_requests_total{route="/graphql",method="POST",status="200"}"#;
        const OPERATIONS: &str = r#"graphql_operations_total{kind="query",outcome="ok"}"#;
        const REFUSED: &str = r#"graphql_operations_total{kind="unknown",outcome="refused"}"#;
        let before = get(&app.router, "/metrics", &[]).await;
        assert_eq!(before.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        let district = app.district("north").await;
        let sis = app.client(Tenant::District(district)).await;
        sis.ok("query Counted { students(first: 1) { nodes { id } } }", json!({})).await;
        sis.gql("query Counted { nonsense }", json!({})).await;
        let after = get(&app.router, "/metrics", &[]).await.text;
        // Other tests of this process count too, so the numbers have grown by one at least.
        for series in [REQUESTS, OPERATIONS, REFUSED, "db_statements_total"] {
            let (before, after) = (count(&before.text, series), count(&after, series));
            assert!(after > before, "{series}: {before} {after}");
        }
        assert!(count(&after, "process_uptime_seconds") > 0.0, "{after}");
        let buckets = r#"http_request_duration_seconds_bucket{route="/graphql",method="POST",le=""#;
        assert!(after.contains(buckets), "{after}");
        assert!(!after.contains("Counted"), "a client made a label of its own: {after}");
    }

    async fn the_schema_is_sent_once(app: TestApp) {
        let first = get(&app.router, "/schema.graphql", &[]).await;
        assert_eq!((first.status, first.text), (StatusCode::OK, schema::sdl()));
        let tag = first.headers[header::ETAG].to_str().expect("text");
        let again = get(&app.router, "/schema.graphql", &[("if-none-match", tag)]).await;
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
        let other = get(&app.router, "/schema.graphql", &[("if-none-match", "W/\"0\"")]).await;
        assert_eq!(other.status, StatusCode::OK);
    }

    async fn every_answer_carries_the_id_of_its_request(app: TestApp) {
        for path in ["/livez", "/metrics", "/graphql", "/nowhere"] {
            let given = get(&app.router, path, &[("x-request-id", "mine-1")]).await;
            assert_eq!(given.header("x-request-id"), "mine-1", "{path}");
            let invented = get(&app.router, path, &[]).await;
            assert_eq!(invented.header("x-request-id").len(), 32, "{path}");
            let harmful = get(&app.router, path, &[("x-request-id", "a b")]).await;
            assert_eq!(harmful.header("x-request-id").len(), 32, "{path}");
        }
    }

    async fn the_end_waits_for_what_has_begun(app: TestApp) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a listener");
        let (stop, stopped) = oneshot::channel::<()>();
        let shutdown = async { drop(stopped.await) };
        let server = tokio::spawn(http::serve(app.app.clone(), listener, shutdown));
        // As a mutation whose client has gone, and a stream that would never end by itself.
        let (finish, finished) = oneshot::channel::<()>();
        let mutation = app.app.lifetime.spawn(async { finished.await.is_ok() });
        let stream = app.app.lifetime.spawn(app.app.lifetime.stopping());
        stop.send(()).expect("the server waits for it");
        stream.await.expect("the stream ends by itself");
        assert!(!server.is_finished(), "the server left a mutation behind");
        finish.send(()).expect("the mutation waits for it");
        assert!(mutation.await.expect("the mutation ends"));
        server.await.expect("the server ends").expect("in order");
    }

    async fn an_unknown_address_or_method_makes_no_series_of_its_own(app: TestApp) {
        let wild = Request::builder().method("BREW").uri("/coffee/pot").body(Body::empty());
        app.router.clone().oneshot(wild.expect("a request")).await.expect("an answer");
        let metrics = get(&app.router, "/metrics", &[]).await.text;
        let series = r#"http_requests_total{route="-",method="other",status="404"}"#;
        assert!(count(&metrics, series) >= 1.0, "{metrics}");
        assert!(!metrics.contains("BREW") && !metrics.contains("coffee"), "{metrics}");
    }
}

#[tokio::test]
async fn a_new_file_is_not_ready_until_it_is_migrated() {
    let folder = TempDir::new().expect("a temporary folder");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("new.db").display());
    let db = Db::connect(&url, None).await.expect("SQLite makes a file");
    let config = Config::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
    let clock = TestClock::new().clock();
    let keys = Keys::ephemeral(&clock).expect("keys");
    let app = App::new(db, config, clock, keys);
    let api = Arc::new(schema::api().expect("the schema"));
    let router = http::router(app.clone(), api, Arc::new(app.clone()));
    let ready = get(&router, "/readyz", &[]).await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ready.json()["parts"]["migrations"], "pending");
    migration::up(app.db.writer()).await.expect("the migrations run");
    assert_eq!(get(&router, "/readyz", &[]).await.status, StatusCode::OK);
}
