//! The examples do what they promise, run as their readers run them.

use std::{
    env, fs, io,
    io::Write,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    time::{Duration, Instant},
};

use pathbridge::store::Backend;
use serde_json::{Map, Value as Json, json};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    binary::command::{Installation, Server},
    support::TestDatabase,
};

/// Well below the time after which the examples look by themselves: a webhook woke them.
const PATIENCE: Duration = Duration::from_secs(40);

const UPSERT: &str = "mutation($input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input) { results { outcome } }
}";
const STUDENTS: &str = "{ students(first: 100) { nodes {
  id version givenName familyName gradeLevel status school { id }
} } }";

const ASKED_ONCE: &str = "{
  jobs(first: 9) { nodes { id } }
  webhookEndpoints(first: 9) { nodes { id } }
}";

#[derive(Debug, Clone, Copy)]
enum Language {
    Rust,
    Python,
    TypeScript,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/keep-in-step")
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("keep-in-step").join(name)
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path of text").to_owned()
}

/// Runs what makes an example ready; tells what went wrong.
fn prepare(program: &str, arguments: &[&str]) -> Result<(), String> {
    let ran = Command::new(program).args(arguments).current_dir(folder()).output();
    let output = ran.map_err(|cause| format!("{program}: {cause}"))?;
    let told = [output.stdout, output.stderr].concat();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&told).into_owned()) }
}

/// What a registry or a missing interpreter keeps from running is said loudly and left out.
fn is_there(made: Result<(), String>) -> bool {
    let Err(told) = made else { return true };
    let said = writeln!(io::stderr(), "SKIPPED: an example is not run: {told}");
    said.expect("the standard error stream");
    false
}

impl Language {
    /// Makes the example ready, once; whether its language is to be had.
    fn is_ready(self) -> bool {
        static READY: [OnceLock<bool>; 3] = [const { OnceLock::new() }; 3];
        *READY[self as usize].get_or_init(|| match self {
            Self::Rust => {
                let built = ["build", "--quiet", "--workspace", "--example", "keep-in-step"];
                prepare(env!("CARGO"), &built).expect("the example is built");
                true
            }
            Self::Python => {
                let packages = text(&scratch("python"));
                let install = ["-m", "pip", "install", "--quiet", "--upgrade", "--target"];
                let install = [&install[..], &[&packages, "-r", "requirements.txt"]].concat();
                is_there(prepare("python3", &install))
            }
            Self::TypeScript => {
                if !is_there(prepare("npm", &["ci", "--ignore-scripts", "--no-audit"])) {
                    return false;
                }
                let built = text(&scratch("typescript"));
                let compile = ["node_modules/typescript/bin/tsc", "--outDir", &built];
                prepare("node", &compile).expect("the types fit");
                let package = scratch("typescript").join("package.json");
                fs::write(package, r#"{ "type": "module" }"#).expect("a file");
                true
            }
        })
    }

    fn command(self) -> Command {
        match self {
            Self::Rust => {
                let deps = env::current_exe().expect("a path");
                let target = deps.parent().and_then(Path::parent).expect("the folder of the build");
                Command::new(target.join("examples/keep-in-step"))
            }
            Self::Python => {
                let mut command = Command::new("python3");
                command.arg(folder().join("keep_in_step.py"));
                command.env("PYTHONPATH", scratch("python"));
                command
            }
            Self::TypeScript => {
                let mut command = Command::new("node");
                command.arg(scratch("typescript").join("keep-in-step.js"));
                command
            }
        }
    }
}

/// An example that runs until the value is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A district, its server, and what the example keeps of it.
struct World {
    server: Server,
    client: Json,
    http: reqwest::Client,
    token: String,
    mirror: PathBuf,
    port: u16,
    _folder: TempDir,
    _installation: Installation,
}

impl World {
    async fn new(backend: Backend) -> Self {
        let installation = Installation::new(TestDatabase::new(backend).await);
        installation.run(&["district", "create", "--slug", "north", "--name", "North"]).done();
        let create = ["client", "create", "--kind", "district", "--tenant", "north"];
        let create = [&create[..], &["--scopes", "all", "--json"]].concat();
        let client: Json = serde_json::from_str(&installation.run(&create).done()).expect("JSON");
        let server = installation.serve_with(&["serve"], &[("PATHBRIDGE_WEBHOOKS_LOOPBACK", "1")]);
        let http = reqwest::Client::builder().build().expect("a client");
        let token = crate::binary::token(&http, &server, &client).await;
        let folder = TempDir::new().expect("a folder");
        let mirror = folder.path().join("mirror.json");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        Self {
            server,
            client,
            http,
            token,
            mirror,
            port,
            _folder: folder,
            _installation: installation,
        }
    }

    async fn ask(&self, query: &str, variables: Json) -> Json {
        let request = self.http.post(self.server.at("/graphql")).bearer_auth(&self.token);
        let body = json!({ "query": query, "variables": variables });
        let mut answer: Json =
            request.json(&body).send().await.expect("an answer").json().await.expect("JSON");
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].take()
    }

    async fn write(&self, names: &[(&str, &str)]) {
        let row = |(key, name): &(&str, &str)| {
            json!({ "key": { "externalId": { "system": "sis", "value": key } },
                "student": { "givenName": name, "familyName": "Lu" } })
        };
        let rows: Vec<_> = names.iter().map(row).collect();
        self.ask(UPSERT, json!({ "input": rows })).await;
    }

    fn run(&self, mut command: Command) -> Running {
        let text = |field: &str| self.client[field].as_str().expect("text").to_owned();
        command
            .env("PATHBRIDGE_URL", self.server.at(""))
            .env("CLIENT_ID", text("client_id"))
            .env("CLIENT_SECRET", text("client_secret"))
            .env("MIRROR", &self.mirror)
            .env("DOCUMENTS", folder().join("documents"))
            .env("LISTEN", format!("127.0.0.1:{}", self.port))
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        Running(command.spawn().expect("it runs"))
    }

    /// Waits until the mirror shows what the service has.
    async fn in_step(&self) {
        let mut found = self.ask(STUDENTS, json!({})).await;
        let students = found["students"]["nodes"].as_array_mut().expect("students");
        let key = |student: &Json| student["id"].as_str().expect("an id").to_owned();
        let wanted: Map<_, _> = students.iter().map(|one| (key(one), one.clone())).collect();
        let since = Instant::now();
        loop {
            let kept = fs::read(&self.mirror).unwrap_or_default();
            let kept: Json = serde_json::from_slice(&kept).unwrap_or_default();
            if kept["students"].as_object() == Some(&wanted) {
                return;
            }
            assert!(since.elapsed() < PATIENCE, "{kept} is not {wanted:?}");
            sleep(Duration::from_millis(50)).await;
        }
    }
}

async fn keeps_in_step(language: Language, backend: Backend) {
    let ready = tokio::task::spawn_blocking(move || language.is_ready());
    if !ready.await.expect("an answer") {
        return;
    }
    let world = World::new(backend).await;
    world.write(&[("1", "Ada"), ("2", "Eve"), ("3", "Ann")]).await;
    let running = world.run(language.command());
    world.in_step().await;
    world.write(&[("1", "Ada Mary"), ("4", "Joan")]).await;
    world.in_step().await;
    drop(running);

    world.write(&[("2", "Eva"), ("5", "Mae")]).await;
    let _running = world.run(language.command());
    world.in_step().await;
    let asked = world.ask(ASKED_ONCE, json!({})).await;
    for list in ["jobs", "webhookEndpoints"] {
        let nodes = asked[list]["nodes"].as_array().expect("a list");
        assert_eq!(nodes.len(), 1, "it goes on where it was: {asked}");
    }
}

macro_rules! examples {
    ($($name:ident: $language:ident),+) => {$(
        mod $name {
            use super::{Backend, Language, keeps_in_step};

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                keeps_in_step(Language::$language, Backend::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                keeps_in_step(Language::$language, Backend::Postgres).await;
            }
        }
    )+};
}

examples!(rust: Rust, python: Python, typescript: TypeScript);
