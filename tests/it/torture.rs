//! Servers that are killed, writers that try again, a reader that reads on: nothing is missed and
//! nothing is done twice.
//!
//! It lasts some seconds; `PATHBRIDGE_TORTURE_SECONDS` says how many.

use std::{
    collections::BTreeMap,
    env,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use pathbridge::store::Backend;
use serde_json::{Value as Json, json};

use crate::{
    binary::command::{Installation, Server},
    support::TestDatabase,
};

const WRITERS: usize = 12;
/// Rows that each writer changes in turn.
const ROWS: usize = 4;
/// Nobody tries longer than that after the last server has come up.
const PATIENCE: Duration = Duration::from_mins(1);

/// Tokens are good at all servers of this name.
const NAME: (&str, &str) = ("PATHBRIDGE_PUBLIC_URL", "http://pathbridge.example");

const WRITE: &str = "mutation($key: String!, $input: [StudentUpsertInput!]!) {
  studentBulkUpsert(input: $input) @idempotent(key: $key) {
    results { outcome student { id version } }
  }
}";
const READ: &str = "query($after: ChangeCursor) {
  changes(after: $after, first: 200, types: [STUDENT]) {
    nodes { op entityId version } nextCursor caughtUp
  }
}";

/// The servers as they are at the moment, and who asks them.
#[derive(Clone)]
struct Fleet {
    addresses: Arc<Mutex<Vec<String>>>,
    http: reqwest::Client,
    token: String,
}

impl Fleet {
    /// Asks one server after the other until one answers with data.
    async fn ask(&self, turn: usize, query: &str, variables: &Json) -> Json {
        let since = Instant::now();
        let mut refused = Json::Null;
        for attempt in 0.. {
            let address = {
                let known = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
                known[(turn + attempt) % known.len()].clone()
            };
            let request = self.http.post(format!("http://{address}/graphql"));
            let request = request.bearer_auth(&self.token);
            let sent = request.json(&json!({ "query": query, "variables": variables })).send();
            if let Ok(answer) = sent.await
                && let Ok(mut answer) = answer.json::<Json>().await
            {
                if answer.get("errors").is_none() {
                    return answer["data"].take();
                }
                refused = answer;
            }
            assert!(since.elapsed() < PATIENCE, "no server answers with data; one said {refused}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        unreachable!("it asks for ever")
    }
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

/// Kills the servers one after the other, without a warning, and starts each again.
fn kill(
    installation: &Installation,
    mut servers: Vec<Server>,
    addresses: &Mutex<Vec<String>>,
    until: Instant,
) -> (Vec<Server>, usize) {
    let mut kills = 0;
    while Instant::now() < until {
        std::thread::sleep(Duration::from_millis(900));
        let at = kills % servers.len();
        drop(servers.remove(at));
        servers.insert(at, installation.serve_with(&["serve"], &[NAME]));
        let address = servers[at].address().to_owned();
        addresses.lock().unwrap_or_else(PoisonError::into_inner)[at] = address;
        kills += 1;
    }
    (servers, kills)
}

async fn torture(backend: Backend, replicas: usize) {
    let installation = Installation::new(TestDatabase::new(backend).await);
    installation.run(&["district", "create", "--slug", "north", "--name", "North"]).done();
    let create = ["client", "create", "--kind", "district", "--tenant", "north"];
    let create = [&create[..], &["--scopes", "all", "--json"]].concat();
    let client: Json = serde_json::from_str(&installation.run(&create).done()).expect("JSON");
    let servers: Vec<_> =
        (0..replicas).map(|_| installation.serve_with(&["serve"], &[NAME])).collect();
    let http =
        reqwest::Client::builder().timeout(Duration::from_secs(5)).build().expect("a client");
    let token = crate::binary::token(&http, &servers[0], &client).await;
    let addresses = servers.iter().map(|server| server.address().to_owned()).collect();
    let addresses: Arc<Mutex<Vec<String>>> = Arc::new(Mutex::new(addresses));
    let fleet = Fleet { addresses: Arc::clone(&addresses), http, token };

    let seconds = env::var("PATHBRIDGE_TORTURE_SECONDS").ok().and_then(|text| text.parse().ok());
    let until = Instant::now() + Duration::from_secs(seconds.unwrap_or(6));
    let killer = tokio::task::spawn_blocking(move || {
        let (servers, kills) = kill(&installation, servers, &addresses, until);
        (installation, servers, kills)
    });
    let writers: Vec<_> =
        (0..WRITERS).map(|one| tokio::spawn(write(fleet.clone(), one, until))).collect();
    let written = async {
        let all = join_all(writers).await.into_iter();
        all.flat_map(|versions| versions.expect("a writer ends well")).collect()
    };
    let (versions, told) = read(&fleet, written).await;
    let (_installation, _servers, kills) = killer.await.expect("the killer ends well");
    assert!(kills >= 3, "the servers were killed {kills} times");

    assert_eq!(versions.len(), WRITERS * ROWS);
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
