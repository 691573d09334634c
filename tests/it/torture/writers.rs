//! Clients that write, and write again what was not answered, until the time is over.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use serde_json::{Value as Json, json};

use super::fleet::{Fleet, Torture};

/// Rows that each writer changes in turn.
pub const ROWS: usize = 4;

const WRITE: &str = "mutation($key: String!, $input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input) @idempotent(key: $key) {
    results { outcome student { id version } }
  }
}";

/// So many writers write until the time is over; tells how far each row has come.
pub async fn all(torture: &Torture, writers: usize) -> BTreeMap<String, i64> {
    let writers: Vec<_> = (0..writers)
        .map(|one| tokio::spawn(write(torture.fleet.clone(), one, torture.until)))
        .collect();
    let all = join_all(writers).await.into_iter();
    all.flat_map(|versions| versions.expect("a writer ends well")).collect()
}

/// A row of the batch.
fn row(writer: usize, row: usize, name: &str) -> Json {
    let key = json!({ "externalId": { "system": "sis", "value": format!("{writer}-{row}") } });
    json!({ "key": key, "student": { "givenName": name, "familyName": "Lu" } })
}

/// Changes rows until the time is over, each change under a key of its own until it is done; tells
/// how far each row has come.
async fn write(fleet: Fleet, writer: usize, until: Instant) -> BTreeMap<String, i64> {
    let mut versions: BTreeMap<String, i64> = BTreeMap::new();
    let mut made = [0_i64; ROWS];
    for turn in 0.. {
        if Instant::now() >= until && made.iter().all(|version| *version > 0) {
            break;
        }
        let at = turn % ROWS;
        let key = format!("{writer}-{turn}");
        let good = row(writer, at, &format!("Eva {turn}"));
        // Every fifth batch has a row that is refused, and is taken back as a whole.
        let refused = turn % 5 == 4;
        let input = if refused { json!([good, row(writer, ROWS, " ")]) } else { json!([good]) };
        let variables = json!({ "key": key, "input": input });
        let answer = fleet.ask(writer + turn, WRITE, &variables).await;
        let result = &answer["studentBulkUpsert"]["results"][0];
        if refused {
            assert_eq!(result["outcome"], "NOT_WRITTEN", "{answer}");
            continue;
        }
        made[at] += 1;
        let student = &result["student"];
        assert_eq!(student["version"], json!(made[at].to_string()), "done once: {answer}");
        versions.insert(student["id"].as_str().expect("an id").to_owned(), made[at]);
        let pause = (writer * 7 + turn * 13) % 20;
        tokio::time::sleep(Duration::from_millis(pause as u64)).await;
    }
    versions
}
