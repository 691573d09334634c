//! The real binary over TCP: what a stranger does on the first day, from an empty database to the
//! last signal.

pub mod command;
mod traces;

use std::time::{Duration, Instant};

use command::{Installation, Server};
use pathbridge::store::{Backend, Db};
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::TestDatabase;

/// Nobody waits longer for a revocation or for an idle server to stop.
const SOON: Duration = Duration::from_secs(5);

/// A database of which nothing is migrated.
async fn empty(backend: Backend) -> TestDatabase {
    let database = TestDatabase::new(backend).await;
    let db = Db::connect(database.url(), None).await.expect("the test's database opens");
    migration::down(db.writer()).await.expect("the migrations can be taken back");
    database
}

pub async fn token(http: &reqwest::Client, server: &Server, client: &Value) -> String {
    let [id, secret] = ["client_id", "client_secret"].map(|name| client[name].as_str());
    let answer = http
        .post(server.at("/oauth/token"))
        .basic_auth(id.expect("an id"), secret)
        .form(&[("grant_type", "client_credentials")])
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    let answer: Value = answer.json().await.expect("JSON");
    answer["access_token"].as_str().expect("a token").to_owned()
}

async fn ask(http: &reqwest::Client, server: &Server, token: &str) -> (StatusCode, Value) {
    let answer = http
        .post(server.at("/graphql"))
        .bearer_auth(token)
        .json(&json!({ "query": "query First { students(first: 1) { nodes { id } } }" }))
        .send()
        .await
        .expect("an answer");
    (answer.status(), answer.json().await.expect("JSON"))
}

/// A connection that asked one thing and is kept for a next that never comes.
async fn idle(server: &Server) -> TcpStream {
    let mut connection = TcpStream::connect(server.address()).await.expect("a connection");
    let request = b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n";
    connection.write_all(request).await.expect("the request is sent");
    let mut start = [0; 15];
    connection.read_exact(&mut start).await.expect("the answer begins");
    assert_eq!(&start, b"HTTP/1.1 200 OK");
    connection
}

fn migrate(installation: &Installation) {
    let status = installation.run(&["migrate", "status"]).done();
    assert!(status.contains("pending  m") && !status.contains("applied  m"), "{status}");
    let refused = installation.run(&["serve"]).failed();
    assert!(refused.contains("run `pathbridge migrate up`"), "{refused}");
    installation.run(&["migrate", "up"]).done();
    let status = installation.run(&["migrate", "status"]).done();
    assert!(status.contains("applied  m") && !status.contains("pending  m"), "{status}");
    assert!(installation.run(&["migrate"]).done().starts_with("applied 0 migrations"));
}

async fn the_first_day(backend: Backend) {
    let installation = Installation::new(empty(backend).await);
    migrate(&installation);
    let create = ["client", "create", "--kind", "platform", "--scopes", "all", "--json"];
    let client: Value = serde_json::from_str(&installation.run(&create).done()).expect("JSON");
    assert_eq!(client["kind"], "platform");
    assert_eq!(client["tenant"], Value::Null);
    assert!(client["scopes"].as_array().is_some_and(|all| all.contains(&json!("roster:read"))));

    let mut server = installation.serve(&["serve"]);
    let http = reqwest::Client::builder().build().expect("a client");
    let token = token(&http, &server, &client).await;
    let (status, answer) = ask(&http, &server, &token).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(answer["data"], json!({ "students": { "nodes": [] } }));

    let id = client["client_id"].as_str().expect("an id");
    let listed = installation.run(&["client", "list", "--json"]).done();
    let listed: Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!((&listed[0]["client_id"], &listed[0]["state"]), (&json!(id), &json!("active")));
    installation.run(&["client", "revoke", id]).done();
    let since = Instant::now();
    while ask(&http, &server, &token).await.0 != StatusCode::UNAUTHORIZED {
        assert!(since.elapsed() < SOON, "a revoked client still calls");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }

    let _kept = idle(&server).await;
    let log = server.terminated_within(SOON);
    assert!(log.contains(r#""operation":"First""#) && log.contains(id), "{log}");
    assert!(!log.contains(&token), "a token was logged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_day_on_sqlite() {
    the_first_day(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_day_on_postgres() {
    the_first_day(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_may_migrate_by_itself() {
    let installation = Installation::new(empty(Backend::Sqlite).await);
    let mut server = installation.serve(&["serve", "--migrate"]);
    let http = reqwest::Client::builder().build().expect("a client");
    let ready = http.get(server.at("/readyz")).send().await.expect("an answer");
    assert_eq!(ready.status(), StatusCode::OK);
    server.terminated_within(SOON);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_one_line_and_an_exit_code() {
    let installation = Installation::new(TestDatabase::new(Backend::Sqlite).await);
    for (arguments, code, told) in [
        (&["client", "create", "--kind", "district", "--scopes", "all"][..], 1, "--tenant: "),
        (
            &["client", "create", "--kind", "district", "--tenant", "x", "--scopes", "all"],
            1,
            "there is no district with the slug `x`",
        ),
        (&["client", "revoke", "nobody"], 1, "there is no client with this id"),
        (&["client", "create", "--kind", "king", "--scopes", "all"], 2, "'king'"),
        (&["client", "create", "--kind", "platform", "--scopes", "rule"], 2, "no scope `rule`"),
        (&["client", "create", "--kind", "platform"], 2, "--scopes"),
        (&["dance"], 2, "'dance'"),
    ] {
        let ran = installation.run(arguments);
        assert_eq!(ran.code(), Some(code), "{arguments:?}: {ran:?}");
        assert!(ran.errors().contains(told), "{arguments:?}: {ran:?}");
        let lines = ran.errors().lines().count();
        assert!(code == 2 || lines == 1, "{arguments:?}: {ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_secret_ends_the_old_one() {
    let installation = Installation::new(TestDatabase::new(Backend::Sqlite).await);
    let create = ["client", "create", "--kind", "platform", "--scopes", "all", "--json"];
    let old: Value = serde_json::from_str(&installation.run(&create).done()).expect("JSON");
    let id = old["client_id"].as_str().expect("an id");
    let rotated = installation.run(&["client", "rotate", id, "--json"]).done();
    let new: Value = serde_json::from_str(&rotated).expect("JSON");
    assert_eq!(new["client_id"], old["client_id"]);
    assert_ne!(new["client_secret"], old["client_secret"]);
    let shown = installation.run(&["client", "rotate", id]).done();
    assert!(shown.contains("client_secret  pbs_"), "{shown}");
    let listed = installation.run(&["client", "list"]).done();
    assert!(listed.contains(id) && !listed.contains("pbs_"), "{listed}");
}
