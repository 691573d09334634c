//! The audits of `graphql-http`, run by Node against the real schema on a real socket.

use std::{
    io,
    path::Path,
    process::{Command, Output, Stdio},
};

use pathbridge::{auth::Tenant, store::Backend};
use tokio::{net::TcpListener, task::spawn_blocking};

use crate::support::TestApp;

fn run(program: &str, arguments: &[&str], url: &str, token: &str) -> io::Result<Output> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/graphql-http");
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("URL", url)
        .env("TOKEN", token)
        .stdin(Stdio::null())
        .output()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_61_audits_are_ok() {
    if run("node", &["--version"], "", "").is_err() {
        eprintln!("Node is not there: the audits are not run");
        return;
    }
    let installed = run("npm", &["ci", "--ignore-scripts", "--no-audit"], "", "").unwrap();
    assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
    let app = TestApp::new(Backend::Sqlite).await;
    let client = app.client(Tenant::District(app.district("north").await)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/graphql", listener.local_addr().unwrap());
    let router = app.router.clone();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let audits = spawn_blocking(move || run("node", &["audit.mjs"], &url, &client.token));
    let audits = audits.await.unwrap().unwrap();
    server.abort();
    let lines = String::from_utf8_lossy(&audits.stdout);
    let failed: Vec<_> = lines.lines().filter(|line| !line.contains(r#""status":"ok""#)).collect();
    assert!(audits.status.success(), "{failed:#?}");
    assert_eq!(lines.lines().count(), 61);
}
