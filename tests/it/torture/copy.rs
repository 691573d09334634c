//! An export and the changes behind it make an exact copy, also when another process gives the
//! changes their numbers.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use pathbridge::{clock::Clock, store::Backend};
use serde_json::{Value as Json, json};

use super::fleet::PATIENCE;
use crate::{
    binary::command::Installation,
    bulk::{
        exported::{export, ndjson, versions},
        world::{World, student},
    },
    support::{Actor, TestApp},
};

const STUDENTS: &str = "{ students { nodes { id version } } }";
/// What is written before the export at least, and after it.
const SOME: usize = 150;

/// What the writers have done, and whether they may stop.
#[derive(Default)]
struct Work {
    written: AtomicUsize,
    is_over: AtomicBool,
}

impl Work {
    /// Waits until so much more is written; gives how much it is then.
    async fn more(&self) -> usize {
        let (since, before) = (Instant::now(), self.written.load(Ordering::SeqCst));
        loop {
            let written = self.written.load(Ordering::SeqCst);
            if written >= before + SOME {
                return written;
            }
            assert!(since.elapsed() < PATIENCE, "nothing is written");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// Changes the students of one writer, one after the other, and adds a new one now and then.
async fn write(sis: Actor, writer: usize, work: Arc<Work>) {
    let document = "mutation($input: [StudentUpsertInput!]!) {
        studentBulkUpsert(input: $input) { results { outcome } } }";
    let mut turns = 0..;
    while !work.is_over.load(Ordering::SeqCst)
        && let Some(turn) = turns.next()
    {
        let mut row = student(&format!("{writer}-{}", turn % 7 + turn / 20));
        row["student"]["givenName"] = json!(format!("Ada {turn}"));
        let done = sis.ok(document, json!({ "input": [row] })).await;
        let outcome = &done["studentBulkUpsert"]["results"][0]["outcome"];
        assert!(*outcome == "CREATED" || *outcome == "UPDATED", "{done}");
        work.written.fetch_add(1, Ordering::SeqCst);
    }
}

/// Brings a copy up to date from its place in the log. No change may be one that it has already,
/// and none may be missing before it.
async fn follow(
    sis: &Actor,
    mut copy: BTreeMap<String, i64>,
    mut after: Json,
    truth: &BTreeMap<String, i64>,
) -> i64 {
    let document =
        "query($after: ChangeCursor) { changes(after: $after, first: 250, types: [STUDENT]) {
        nodes { entityId version op } nextCursor } }";
    let (since, mut told) = (Instant::now(), 0);
    while copy != *truth {
        assert!(
            since.elapsed() < PATIENCE,
            "the copy has {} of {} students",
            copy.len(),
            truth.len()
        );
        let mut page = sis.ok(document, json!({ "after": after })).await["changes"].take();
        for change in page["nodes"].as_array().expect("changes") {
            let id = change["entityId"].as_str().expect("an id").to_owned();
            let version = change["version"].as_str().and_then(|text| text.parse().ok());
            let last = copy.entry(id).or_default();
            assert_eq!(version, Some(*last + 1), "{change}: behind version {last}");
            *last += 1;
            told += 1;
        }
        after = page["nextCursor"].take();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_is_exact_when_another_replica_numbers_the_changes() {
    let app = TestApp::new(Backend::Postgres).await;
    // The other process goes by the clock of the machine.
    app.clock.advance(Clock::system().now() - app.app.clock.now());
    let world = World::new(&app).await;
    let other = Installation::over(app.database.url());
    let _server = other.serve(&["serve"]);
    // In this process nothing numbers changes by itself.
    let work = Arc::new(Work::default());
    let writers = (0..6).map(|one| tokio::spawn(write(world.sis.clone(), one, work.clone())));
    let writers: Vec<_> = writers.collect();
    work.more().await;
    let file = export(&app, &world.sis, &ndjson(STUDENTS)).await;
    work.more().await;
    work.is_over.store(true, Ordering::SeqCst);
    assert!(join_all(writers).await.iter().all(Result::is_ok));

    let copy = versions(&file.nodes());
    let before: i64 = copy.values().sum();
    assert!(before > 0, "it was written before");
    let truth = versions(&export(&app, &world.sis, &ndjson(STUDENTS)).await.nodes());
    let told = follow(&world.sis, copy, file.cursor(), &truth).await;
    let written = i64::try_from(work.written.load(Ordering::SeqCst)).expect("few");
    assert_eq!((before + told, truth.values().sum()), (written, written), "each change once");
    assert!(told > 0, "it was written afterwards");
}
