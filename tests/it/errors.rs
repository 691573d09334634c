//! Every code that a client may read has a page, and every page a code.

use std::{collections::BTreeSet, fs, path::PathBuf};

use async_graphql::resolver_utils::EnumType;
use pathbridge::error::{Code, ProblemCode};
use serde_json::Value;

/// What each page tells, in this order.
const SECTIONS: [&str; 5] = [
    "## What it means",
    "## A typical cause",
    "## What to do",
    "## Does trying again help?",
    "## Example",
];

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

/// The names of the pages in a folder under `docs/`.
fn pages(name: &str) -> BTreeSet<String> {
    fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn names<'a>(codes: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    codes.map(|code| format!("{code}.md")).collect()
}

fn problem_codes() -> impl Iterator<Item = &'static str> {
    ProblemCode::items().iter().map(|item| item.name)
}

/// The page of a code, and the answer that it shows, once its form is seen to be right.
fn read(name: &str, code: &str) -> (String, Value) {
    let text = fs::read_to_string(folder(name).join(format!("{code}.md"))).unwrap();
    assert!(text.starts_with(&format!("# {code}\n")), "{code}: its name comes first");
    let sections: Vec<_> = text.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(sections, SECTIONS, "{code}");
    let example = text.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    let example = serde_json::from_str(example.unwrap()).expect(code);
    (text, example)
}

/// The first words under "Does trying again help?".
fn says_retry_helps(text: &str) -> bool {
    let answer = text.split(&format!("{}\n\n", SECTIONS[3])).nth(1).unwrap();
    let (yes, no) = (answer.starts_with("Yes"), answer.starts_with("No"));
    assert!(yes != no, "the answer begins with Yes or No: {answer}");
    yes
}

#[test]
fn the_codes_of_errors_and_their_pages_are_the_same() {
    assert_eq!(names(Code::ALL.iter().map(|code| code.name())), pages("errors"));
}

#[test]
fn the_codes_of_user_errors_and_their_pages_are_the_same() {
    assert_eq!(names(problem_codes()), pages("user-errors"));
}

#[test]
fn a_page_of_an_error_shows_an_answer_with_its_code() {
    for code in Code::ALL {
        let (text, example) = read("errors", code.name());
        let shown = &example["errors"][0];
        assert!(shown["message"].is_string(), "{}", code.name());
        let extensions = &shown["extensions"];
        assert_eq!(extensions["code"], code.name());
        assert_eq!(extensions["retryable"], code.is_retryable(), "{}", code.name());
        assert_eq!(says_retry_helps(&text), code.is_retryable(), "{}", code.name());
        assert!(extensions["requestId"].is_string(), "{}", code.name());
        let page = format!("/docs/errors/{}", code.name());
        assert!(extensions["docUrl"].as_str().unwrap().ends_with(&page), "{}", code.name());
    }
}

#[test]
fn a_page_of_a_user_error_shows_a_payload_with_its_code() {
    for code in problem_codes() {
        let (text, example) = read("user-errors", code);
        let payload = example["data"].as_object().unwrap().values().next().unwrap();
        let shown = &payload["userErrors"][0];
        assert_eq!(shown["code"], code);
        assert!(shown["message"].is_string() && shown["path"].is_array(), "{code}");
        let page = format!("/docs/user-errors/{code}");
        assert!(shown["docUrl"].as_str().unwrap().ends_with(&page), "{code}");
        assert!(!says_retry_helps(&text), "{code}: the same input is refused again");
    }
}
