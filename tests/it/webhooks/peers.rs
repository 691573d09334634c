//! Signatures in the hands of the receivers' own libraries: `standardwebhooks` of npm and of `PyPI`.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::SystemTime,
};

use chrono::{DateTime, Utc};
use pathbridge::store::Backend;
use serde_json::{Value as Json, json};

use super::{receiver::Receiver, world::World};
use crate::support::TestApp;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers/webhooks")
}

fn run(program: &str, arguments: &[&str], input: &Json) -> io::Result<Output> {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder())
        .env("PYTHONPATH", Path::new(env!("CARGO_TARGET_TMPDIR")).join("standardwebhooks"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that does not read its input has closed it.
        let _ = stdin.write_all(input.to_string().as_bytes());
    }
    child.wait_with_output()
}

/// Installs a library, or says loudly that it cannot be had.
fn is_there(program: &str, arguments: &[&str]) -> bool {
    let told = match run(program, arguments, &Json::Null) {
        Ok(output) if output.status.success() => return true,
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(cause) => cause.to_string(),
    };
    let command = format!("{program} {}", arguments.join(" "));
    // Straight to the terminal: what a passing test prints, nobody sees.
    let said = writeln!(io::stderr(), "SKIPPED: `{command}` failed, a peer is not asked: {told}");
    said.expect("the standard error stream");
    false
}

/// What a delivery looks like now, by the clock of the machine: the peers check the time too.
async fn delivery() -> Json {
    #[expect(clippy::disallowed_methods, reason = "the peers go by the clock of the machine")]
    let now: DateTime<Utc> = SystemTime::now().into();
    let app = TestApp::new(Backend::Sqlite).await;
    app.clock.advance(now - app.app.clock.now());
    let world = World::new(app).await;
    let receiver = Receiver::start().await;
    let endpoint = world.endpoint(&receiver).await;
    world.student("s1", "Lovelace").await;
    world.turn().await;
    let got = receiver.got().remove(0);
    json!({ "secret": endpoint.secret, "headers": got.headers, "body": got.body })
}

/// The peer takes the delivery, and no other body and no other secret.
fn assert_verified(program: &str, script: &str, delivery: &Json) {
    let said = |delivery: &Json| {
        let output = run(program, &[script], delivery).expect("it ran before");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{program}: {errors}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    assert_eq!(said(delivery), "student.created", "{program}");
    let body = delivery["body"].as_str().unwrap().replace("created", "deleted");
    let mut forged = delivery.clone();
    forged["body"] = json!(body);
    assert_eq!(said(&forged), "refused", "{program}");
    let mut foreign = delivery.clone();
    foreign["secret"] = json!("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    assert_eq!(said(&foreign), "refused", "{program}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn npm_verifies() {
    if is_there("npm", &["ci", "--ignore-scripts", "--no-audit"]) {
        assert_verified("node", "verify.mjs", &delivery().await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pypi_verifies() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("standardwebhooks");
    let folder = folder.to_str().expect("a path of text");
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--upgrade",
        "--target",
        folder,
        "-r",
        "requirements.txt",
    ];
    if is_there("python3", &install) {
        assert_verified("python3", "verify.py", &delivery().await);
    }
}
