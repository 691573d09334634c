//! The binary in a folder and on a database of its own.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::support::TestDatabase;

const PROMISE: &str = "listening on http://";

/// Where the binary runs.
pub struct Installation {
    folder: TempDir,
    url: String,
    _database: Option<TestDatabase>,
}

impl Installation {
    pub fn new(database: TestDatabase) -> Self {
        let url = database.url().to_owned();
        Self { _database: Some(database), ..Self::over(&url) }
    }

    /// One more on a database that somebody else keeps.
    pub fn over(url: &str) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self { folder, url: url.to_owned(), _database: None }
    }

    /// Where its database is.
    pub fn url(&self) -> &str {
        &self.url
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pathbridge"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DATABASE_URL", &self.url)
            .env("PATHBRIDGE_KEYS", self.folder.path().join("keys"))
            .env("PATHBRIDGE_BIND", "127.0.0.1:0")
            .env_remove("PATHBRIDGE_PUBLIC_URL")
            .env_remove("DATABASE_READ_URL")
            .env_remove("RUST_LOG")
            .env_remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran(self.command(arguments).output().expect("the binary runs"))
    }

    /// Starts a server and waits until it says where it is.
    pub fn serve(&self, arguments: &[&str]) -> Server {
        self.serve_with(arguments, &[])
    }

    /// The same with settings of the environment.
    pub fn serve_with(&self, arguments: &[&str], settings: &[(&str, &str)]) -> Server {
        let mut command = self.command(arguments);
        command.envs(settings.iter().copied());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let mut lines = BufReader::new(child.stdout.take().expect("it was piped")).lines();
        let log = child.stderr.take().expect("it was piped");
        let log = thread::spawn(move || {
            let mut text = String::new();
            BufReader::new(log).read_to_string(&mut text).map(|_| text)
        });
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        let address = first.strip_prefix(PROMISE).map(str::to_owned);
        // Nobody reads on, and the server must not mind.
        drop(lines);
        let mut server = Server { child, address: String::new(), log: Some(log) };
        if let Some(address) = address {
            server.address = address;
            return server;
        }
        server.child.kill().expect("it ran");
        panic!("no address but `{first}`: {}", server.log());
    }
}

/// How a command ended.
#[derive(Debug)]
pub struct Ran(Output);

impl Ran {
    pub fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    /// What it said on standard error.
    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    /// What it printed; it must have succeeded.
    #[track_caller]
    pub fn done(self) -> String {
        assert_eq!(self.code(), Some(0), "{}", self.errors());
        String::from_utf8(self.0.stdout).expect("text")
    }

    /// What it said; it must have refused.
    #[track_caller]
    pub fn failed(self) -> String {
        assert_eq!(self.code(), Some(1), "{}", self.errors());
        self.errors()
    }
}

/// A server that ends with this value.
pub struct Server {
    child: Child,
    address: String,
    log: Option<thread::JoinHandle<std::io::Result<String>>>,
}

impl Server {
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Sends SIGTERM and waits for an orderly end; answers the log.
    pub fn terminated_within(&mut self, patience: Duration) -> String {
        let kill = format!("kill -TERM {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().expect("a shell");
        assert!(sent.success());
        let since = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it ran") {
                break status;
            }
            assert!(since.elapsed() < patience, "the server does not stop");
            thread::sleep(Duration::from_millis(20));
        };
        let log = self.log();
        assert_eq!(status.code(), Some(0), "{log}");
        log
    }

    fn log(&mut self) -> String {
        let log = self.log.take().map(|log| log.join().expect("the log was read"));
        log.map_or_else(String::new, |log| log.expect("the log is text"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already when the test got so far.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
