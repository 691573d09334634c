//! What no well-behaved client sends: each gets its exact answer, and the server goes on.

mod bodies;
mod dates;
mod documents;
mod ids;
mod pages;
mod texts;
mod tokens;

use pathbridge::auth::Tenant;
use serde_json::{Value as Json, json};

use crate::support::{Actor, Raw, TestApp};

/// What would tell a stranger what the house is built of.
const TELLTALE: [&str; 10] = [
    "sqlx",
    "sea_orm",
    "sea-orm",
    "sqlite",
    "postgres",
    "syntax error",
    "constraint",
    "panicked",
    "async_graphql",
    "serde",
];

/// A request and the answer that it must get.
struct Case {
    name: String,
    body: Vec<u8>,
    status: u16,
    code: &'static str,
}

/// A case whose body is any bytes.
fn bytes(name: &str, body: impl Into<Vec<u8>>, status: u16, code: &'static str) -> Case {
    Case { name: name.to_owned(), body: body.into(), status, code }
}

/// A case with a document and its variables.
fn asks(name: &str, query: &str, variables: &Json, status: u16, code: &'static str) -> Case {
    bytes(name, json!({ "query": query, "variables": variables }).to_string(), status, code)
}

/// A district's client over an empty roster.
async fn client(app: &TestApp) -> Actor {
    app.client(Tenant::District(app.district("north").await)).await
}

/// Sends every case; what differs is told all at once.
async fn check(app: &TestApp, actor: &Actor, cases: Vec<Case>) {
    let mut wrong = Vec::new();
    for case in cases {
        let answer = app.post(actor, case.body).await;
        let found = answer.refusal();
        if found != (case.status, case.code.to_owned()) {
            wrong.push(format!(
                "{}: {found:?} instead of {} {}: {}",
                case.name,
                case.status,
                case.code,
                shortened(&answer.text)
            ));
        }
        wrong.extend(telltale(&answer).map(|word| format!("{}: says `{word}`", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    goes_on(actor).await;
}

fn telltale(answer: &Raw) -> impl Iterator<Item = &'static str> {
    let text = answer.text.to_lowercase();
    TELLTALE.into_iter().filter(move |word| text.contains(word))
}

fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

/// The server answers the next question as if nothing had happened.
async fn goes_on(actor: &Actor) {
    let query = "{ __typename students(first: 1) { pageInfo { hasNextPage } } }";
    assert_eq!(actor.ok(query, json!({})).await["__typename"], "Query");
}
