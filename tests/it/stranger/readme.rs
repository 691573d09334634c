//! Every snippet of the README does what it says.

use std::{fs, path::Path, process::Command};

use super::demo::Demo;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README")
}

/// The fenced blocks of this language, in order.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let inner = |block: &str| block.split("\n```").next().unwrap_or_default().to_owned();
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("```") {
        let block = &rest[start..];
        let body_at = block.find('\n').map_or(block.len(), |at| at + 1);
        let body = inner(&block[body_at..]);
        if block.starts_with(&fence) {
            found.push(body.clone());
        }
        rest = block.get(body_at + body.len() + "\n```".len()..).unwrap_or_default();
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tour_runs_as_it_is_written() {
    let demo = tokio::task::spawn_blocking(Demo::get).await.expect("the demo");
    let tour = blocks(&readme(), "sh").join("\n");
    let written = "http://127.0.0.1:8080";
    assert!(tour.contains(written), "the tour names the demo's address");
    let script = format!("set -euo pipefail\n{}", tour.replace(written, &demo.url));
    let folder = demo.credentials.parent().expect("a folder");
    let ran =
        Command::new("bash").args(["-c", &script]).current_dir(folder).output().expect("bash");
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{told}\n{}", String::from_utf8_lossy(&ran.stderr));
    for expected in [
        "\"outcome\":\"CREATED\"",
        "\"outcome\":\"UNCHANGED\"",
        "\"birthDate\": null",
        "\"kind\": \"PARTNER\"",
        "type Placement ",
        "\"code\":\"REQUIRED\"",
        "\"code\":\"OUT_OF_RANGE\"",
        "[\"UPDATED\",null]",
        "\"replayed\":true",
        "\"gradeLevel\": \"12\"",
        "\"caughtUp\": true",
        "event: next",
        " Placement\n",
        "\"state\":\"QUEUED\"",
        "\"state\":\"COMPLETED\",\"progress\":{\"processed\":\"2\",\"created\":\"1\",\"rejected\":\"1\"}",
        "\"hollandCode\": \"",
        "\"contribution\": \"",
        "\"statement\":\"To become a nurse\",\"occupation\":{\"title\":\"Registered Nurses\"}",
        "{\"kind\":\"GOAL\",\"occurredOn\":\"2025-10-01\",\"weightPercent\":\"",
        "\"smallestCount\":10",
        "\"isSandbox\": true",
        "\"state\":\"PREPARING\"",
    ] {
        assert!(told.contains(expected), "no {expected} in\n{told}");
    }
    assert!(!told.contains("\"errors\""), "{told}");
}

#[test]
fn the_commands_are_those_of_the_binary() {
    let plain = blocks(&readme(), "");
    let commands: Vec<&str> = plain.iter().map(|block| block.trim()).collect();
    assert!(commands.contains(&"cargo run --release -- demo"), "{commands:?}");
    assert!(commands.contains(&"scripts/test"), "{commands:?}");
    for arguments in [
        "demo",
        "serve",
        "migrate",
        "client create",
        "import oneroster",
        "reference load",
        "schema",
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pathbridge"));
        let ran = command.args(arguments.split(' ')).arg("--help").output().expect("the binary");
        assert!(ran.status.success(), "{arguments} is not a command");
    }
}

#[test]
fn blocks_are_found_by_their_language() {
    let text = "a\n```\none\n```\nb\n```sh\ntwo\nthree\n```\n";
    assert_eq!(blocks(text, "sh"), ["two\nthree"]);
    assert_eq!(blocks(text, ""), ["one"]);
}
