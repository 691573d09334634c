//! A receiver that fails now and then, told by servers that are killed: every change arrives, and
//! those of a row in their order.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use pathbridge::store::Backend;
use serde_json::{Value as Json, json};

use super::{fleet::Stage, writers};
use crate::webhooks::receiver::{Receiver, Reply};

const WRITERS: usize = 3;

/// A delivery that a killed server had begun is somebody else's after a minute, and one that
/// failed is tried again after some seconds; each row may have to wait for both.
const PATIENCE: Duration = Duration::from_mins(3);

const ENDPOINT: &str = "mutation($url: String!) {
  webhookEndpointCreate(input: { url: $url, types: [STUDENT] }) {
    webhookEndpoint { id } userErrors { message }
  }
}";

/// What the receiver does with the first requests: each that fails is another message's, since
/// none is tried again so soon.
fn mishaps() -> Vec<Reply> {
    let failures = [
        Reply::status(500),
        Reply::Close,
        Reply::Half(200),
        Reply::with(429, "retry-after: 1"),
        Reply::status(503),
        Reply::Stall,
    ];
    failures.into_iter().flat_map(|failure| [Reply::status(204), failure]).collect()
}

/// How far the receiver was told of each row; what comes late must have come before.
fn reached(receiver: &Receiver) -> BTreeMap<String, i64> {
    let mut reached: BTreeMap<String, i64> = BTreeMap::new();
    for got in receiver.got() {
        let id = got.told("/data/id");
        let version: i64 = got.told("/data/version").parse().expect("a version");
        let last = reached.entry(id.clone()).or_default();
        assert!(
            version == *last || version == *last + 1,
            "{id}: version {version} came behind {last}"
        );
        *last = version;
    }
    reached
}

async fn torture(backend: Backend, replicas: usize) {
    let stage = Stage::set(backend, replicas).await;
    let receiver = Receiver::start().await;
    receiver.will(mishaps());
    let made = stage.fleet.ask(0, ENDPOINT, &json!({ "url": receiver.url })).await;
    assert_eq!(made["webhookEndpointCreate"]["userErrors"], Json::Array(Vec::new()), "{made}");
    let torture = stage.begin();
    let versions = writers::all(&torture, WRITERS).await;
    let _servers = torture.over().await;

    let since = Instant::now();
    let mut told = reached(&receiver);
    while told != versions {
        assert!(since.elapsed() < PATIENCE, "told {told:?} of {versions:?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
        told = reached(&receiver);
    }
    let tried_again =
        receiver.got().len() > usize::try_from(versions.values().sum::<i64>()).unwrap();
    assert!(tried_again, "what failed was sent again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_is_told_everything_when_the_only_server_is_killed() {
    torture(Backend::Sqlite, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_is_told_everything_when_one_of_two_replicas_is_killed() {
    torture(Backend::Postgres, 2).await;
}
