//! The request bodies of a work.

use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::{
    peer::{Peer, Question, Work},
    server::Server,
};
use crate::{
    data::{self, Size},
    id::Id,
};

/// How many placements the sync page has.
const PAGE: usize = 50;
/// How many students are looked at in turn.
const STUDENTS: usize = 2_000;
/// How many different changes are sent in turn.
const WRITES: usize = 60_000;
/// Stands in a body for the number of the run: no two runs send the same.
const RUN: &str = "(run)";

/// The same bodies as nobody has sent them yet.
pub(super) fn fresh(bodies: &str) -> String {
    static RUNS: AtomicU32 = AtomicU32::new(1);
    bodies.replace(RUN, &RUNS.fetch_add(1, Ordering::Relaxed).to_string())
}

/// The bodies of a work; the server is asked where the pages begin.
pub(super) async fn bodies(
    server: &Server,
    (peer, _, question): Work,
    size: &Size,
) -> anyhow::Result<Vec<String>> {
    match question {
        Question::Student => return students(peer, size),
        Question::Write => return writes(peer, size),
        Question::Pages | Question::FirstPage | Question::LastPage => {}
    }
    let cursors = match peer {
        Peer::Handwritten => data::placements(size).map(|key| json!(key)).collect(),
        Peer::Postgres | Peer::Sqlite => walk(server, CURSORS).await?,
        Peer::PostGraphile => walk(server, CURSORS_POSTGRAPHILE).await?,
    };
    let document = if peer == Peer::PostGraphile { SYNC_PAGE_POSTGRAPHILE } else { SYNC_PAGE };
    let full = cursors.len() / PAGE;
    ensure!(full > 1, "two full pages are needed; the scale is too small");
    // The page behind every fiftieth row, and the first page, behind none.
    let behind =
        |page: usize| page.checked_sub(1).map_or(&Value::Null, |n| &cursors[n * PAGE + PAGE - 1]);
    let pages = match question {
        Question::FirstPage => 0..1,
        Question::LastPage => full - 1..full,
        Question::Pages | Question::Student | Question::Write => 0..full,
    };
    Ok(pages.map(|page| body(document, json!({ "after": behind(page) }))).collect())
}

fn students(peer: Peer, size: &Size) -> anyhow::Result<Vec<String>> {
    let all: Vec<_> = data::students(size).collect();
    let step = (all.len() / STUDENTS).max(1);
    let of = |key: &uuid::Uuid| {
        if peer == Peer::PostGraphile {
            return Ok(body(AT_A_GLANCE_POSTGRAPHILE, json!({ "id": key })));
        }
        Ok(body(AT_A_GLANCE, json!({ "id": serde_json::to_value(Id("student", *key))? })))
    };
    all.iter().step_by(step).map(of).collect()
}

/// Enough changes for a minute of load, under keys that differ in each.
fn writes(peer: Peer, size: &Size) -> anyhow::Result<Vec<String>> {
    let students: Vec<_> = data::students(size).collect();
    let of = |n: usize| {
        let key = students[n % students.len()];
        let id = match peer {
            Peer::Handwritten => json!(key),
            _ => serde_json::to_value(Id("student", key))?,
        };
        let phone = format!("555 {RUN} {n}");
        let key = format!("{RUN}-{n}");
        Ok(body(SINGLE_WRITE, json!({ "id": id, "phone": phone, "key": key })))
    };
    (0..WRITES).map(of).collect()
}

/// Every cursor of the placements of the district.
async fn walk(server: &Server, document: &str) -> anyhow::Result<Vec<Value>> {
    let (mut cursors, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = server.ask(&body(document, json!({ "after": after }))).await?;
        let page = &answer["data"]["placements"];
        let edges = page["edges"].as_array().context("no edges")?;
        cursors.extend(edges.iter().map(|edge| edge["cursor"].clone()));
        if page["pageInfo"]["hasNextPage"] != true {
            return Ok(cursors);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// A request for a document.
pub(super) fn body(document: &str, mut variables: Value) -> String {
    // A document says with `$district` that it has to be told whose rows it may answer.
    if document.contains("$district") {
        variables["district"] = json!(data::district_key());
    }
    json!({ "query": document, "variables": variables }).to_string()
}

const SYNC_PAGE: &str = include_str!("../../documents/sync-page.graphql");
const SYNC_PAGE_POSTGRAPHILE: &str = include_str!("../../documents/sync-page.postgraphile.graphql");
const AT_A_GLANCE: &str = include_str!("../../documents/at-a-glance.graphql");
const AT_A_GLANCE_POSTGRAPHILE: &str =
    include_str!("../../documents/at-a-glance.postgraphile.graphql");
const SINGLE_WRITE: &str = include_str!("../../documents/single-write.graphql");
const CURSORS: &str = include_str!("../../documents/cursors.graphql");
const CURSORS_POSTGRAPHILE: &str = include_str!("../../documents/cursors.postgraphile.graphql");
