//! The demo, started once for all tests of this file and ended with the process.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// A debug build on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_mins(4);

/// The running demo.
pub struct Demo {
    /// Where it serves.
    pub url: String,
    /// The file with its clients.
    pub credentials: PathBuf,
    /// Its clients.
    pub clients: Vec<Value>,
}

impl Demo {
    /// The demo of this process.
    pub fn get() -> &'static Self {
        static DEMO: OnceLock<Demo> = OnceLock::new();
        DEMO.get_or_init(Self::start)
    }

    fn start() -> Self {
        let folder =
            tempfile::Builder::new().prefix("stranger").tempdir().expect("a folder").keep();
        let credentials = folder.join("credentials.json");
        // The shell ends the demo when this process goes away and its pipe closes.
        let script = "\"$0\" demo --bind 127.0.0.1:0 --students 60 --data-dir \"$1/data\" \
                      --credentials \"$1/credentials.json\" </dev/null >\"$1/log\" 2>&1 & \
                      cat >/dev/null; kill $!; wait; rm -rf \"$1\"";
        let guard = Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_pathbridge")])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        // The pipe stays open as long as the process lives.
        std::mem::forget(guard);
        let since = Instant::now();
        let (url, clients) = loop {
            let told = fs::read_to_string(&credentials).unwrap_or_default();
            if let Ok(told) = serde_json::from_str::<Value>(&told) {
                let clients = told["clients"].as_array().expect("clients").clone();
                break (told["url"].as_str().expect("a url").to_owned(), clients);
            }
            let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
            assert!(since.elapsed() < PATIENCE, "the demo did not start: {}", log());
            thread::sleep(Duration::from_millis(100));
        };
        Self { url, credentials, clients }
    }

    /// The first client of this kind with this scope.
    pub fn client(&self, kind: &str, scope: &str) -> &Value {
        let holds = |client: &&Value| {
            let scopes = client["scopes"].as_array().map_or(&[][..], Vec::as_slice);
            client["kind"] == kind && scopes.iter().any(|held| held == scope)
        };
        self.clients.iter().find(holds).expect("such a client")
    }

    /// A token of a client.
    pub async fn token(&self, client: &Value) -> String {
        let [id, secret] = ["client_id", "client_secret"].map(|name| client[name].as_str());
        let answer = http()
            .post(format!("{}/oauth/token", self.url))
            .basic_auth(id.expect("an id"), secret)
            .form(&[("grant_type", "client_credentials")])
            .send()
            .await
            .expect("an answer");
        let answer: Value = answer.json().await.expect("JSON");
        answer["access_token"].as_str().expect("a token").to_owned()
    }

    /// The answer to a document.
    pub async fn gql(&self, token: &str, query: &str, variables: &Value) -> Value {
        let answer = http()
            .post(format!("{}/graphql", self.url))
            .bearer_auth(token)
            .json(&serde_json::json!({ "query": query, "variables": variables }))
            .send()
            .await
            .expect("an answer");
        answer.json().await.expect("JSON")
    }
}

fn http() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().expect("an HTTP client")
}
