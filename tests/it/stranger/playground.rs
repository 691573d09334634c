//! The playground in headless Chromium: a token, a query, rows, and nothing from elsewhere.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use super::demo::Demo;

fn run(program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/browser");
    let mut command = Command::new(program);
    command.args(arguments).envs(environment.iter().copied()).current_dir(folder);
    let missing = "scripts/test installs Node.js, npm and Chromium";
    command.stdin(Stdio::null()).output().unwrap_or_else(|_| panic!("no {program}: {missing}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_gets_a_token_and_sees_rows() {
    let seen = tokio::task::spawn_blocking(|| {
        let demo = Demo::get();
        let client = demo.client("district", "students:read");
        let [id, secret] = ["client_id", "client_secret"].map(|name| client[name].as_str());
        let installed = run("npm", &["ci", "--ignore-scripts", "--no-audit"], &[]);
        assert!(installed.status.success(), "{}", String::from_utf8_lossy(&installed.stderr));
        let environment = [
            ("URL", demo.url.as_str()),
            ("CLIENT_ID", id.expect("an id")),
            ("CLIENT_SECRET", secret.expect("a secret")),
        ];
        run("node", &["playground.mjs"], &environment)
    });
    let seen = seen.await.expect("the browser");
    let told = String::from_utf8_lossy(&seen.stdout);
    assert!(seen.status.success(), "{told}\n{}", String::from_utf8_lossy(&seen.stderr));
    let told: Value = serde_json::from_str(&told).expect("what the browser saw");
    assert_eq!(told["title"], "Pathbridge playground");
    assert!(told["rows"].as_u64().is_some_and(|rows| rows >= 3), "{told}");
    assert_eq!(told["foreign"], serde_json::json!([]), "a request left the origin");
    assert_eq!(told["violations"], serde_json::json!([]), "the policy was violated");
}
