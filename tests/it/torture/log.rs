//! A reader of the log: every change once, and in its order.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use pathbridge::store::Backend;
use serde_json::{Value as Json, json};

use super::{
    fleet::{Fleet, PATIENCE, Stage},
    writers,
};

const WRITERS: usize = 12;

const READ: &str = "query($after: ChangeCursor) {
  changes(after: $after, first: 200, types: [STUDENT]) {
    nodes { op entityId version } nextCursor caughtUp
  }
}";

/// Reads the log from its beginning until every expected change has come, then looks once more.
async fn read(
    fleet: &Fleet,
    expected: impl Future<Output = BTreeMap<String, i64>>,
) -> (BTreeMap<String, i64>, Vec<(String, i64)>) {
    let mut told: Vec<(String, i64)> = Vec::new();
    let mut after = Json::Null;
    let mut expected = std::pin::pin!(expected);
    let mut known: Option<(BTreeMap<String, i64>, Instant)> = None;
    for turn in 0.. {
        let mut page = fleet.ask(turn, READ, &json!({ "after": after })).await["changes"].take();
        for change in page["nodes"].as_array().expect("changes") {
            let version = change["version"].as_str().and_then(|text| text.parse().ok());
            let id = change["entityId"].as_str().expect("an id").to_owned();
            told.push((id, version.expect("a version")));
        }
        after = page["nextCursor"].take();
        if let Some((versions, since)) = &known {
            let wanted: i64 = versions.values().sum();
            let complete = i64::try_from(told.len()).expect("few") >= wanted;
            if complete && page["caughtUp"] == true {
                return (versions.clone(), told);
            }
            assert!(since.elapsed() < PATIENCE, "{} of {wanted} changes came", told.len());
        }
        let pause = tokio::time::sleep(Duration::from_millis(30));
        if known.is_none() {
            tokio::select! {
                versions = &mut expected => known = Some((versions, Instant::now())),
                () = pause => {}
            }
        } else {
            pause.await;
        }
    }
    unreachable!("it reads for ever")
}

async fn torture(backend: Backend, replicas: usize) {
    let torture = Stage::set(backend, replicas).await.begin();
    let (versions, told) = read(&torture.fleet, writers::all(&torture, WRITERS)).await;
    let _servers = torture.over().await;

    assert_eq!(versions.len(), WRITERS * writers::ROWS);
    let mut reached: BTreeMap<String, i64> = BTreeMap::new();
    for (id, version) in told {
        let last = reached.entry(id.clone()).or_default();
        assert_eq!(version, *last + 1, "{id}: every change once and in its order");
        *last = version;
    }
    assert_eq!(reached, versions, "what was read is what was written");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_the_only_server_is_killed() {
    torture(Backend::Sqlite, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_when_one_of_two_replicas_is_killed() {
    torture(Backend::Postgres, 2).await;
}
