//! Jobs whose server is killed in the middle: another one ends them, nothing of them is missing and
//! nothing is there twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use entity::student;
use pathbridge::store::{Backend, Db};
use reqwest::Method;
use sea_orm::{ConnectionTrait, Iden, Iterable};
use serde_json::{Value as Json, json};

use super::fleet::Stage;
use crate::bulk::world::{JOB, sha256, students};

/// The lines of the import: it takes longer than a second server takes to start.
const LINES: usize = 8_000;
/// The students that are exported, for the same reason.
const EXPORTED: usize = 80_000;

/// What a killed server had claimed is somebody else's after a minute.
const PATIENCE: Duration = Duration::from_mins(4);

/// The job, asked of any server.
async fn job(stage: &Stage, id: &str) -> Json {
    let document = format!("query($id: ID!) {{ job(id: $id) {{ {JOB} resultSha256 }} }}");
    stage.fleet.ask(0, &document, &json!({ "id": id })).await["job"].take()
}

fn number(count: &Json) -> usize {
    count.as_str().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// How many rows of the job are done.
fn done(job: &Json) -> usize {
    number(&job["progress"]["processed"])
}

/// Waits until the job is in its middle, kills its server there, and waits for another to end it;
/// gives the job at its end.
async fn killed_in_the_middle(stage: &mut Stage, backend: Backend, id: &str, all: usize) -> Json {
    let since = Instant::now();
    while done(&job(stage, id).await) == 0 {
        assert!(since.elapsed() < PATIENCE, "nobody works at the job");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Only the first server can have it: the second was not there yet.
    match backend {
        Backend::Postgres => {
            stage.start();
            stage.kill();
        }
        Backend::Sqlite => {
            stage.kill();
            stage.start();
        }
    }
    let left = job(stage, id).await;
    assert_eq!(left["state"], "RUNNING", "it was in its middle: {left:#}");
    assert!((1..all).contains(&done(&left)), "it was in its middle: {left:#}");
    let since = Instant::now();
    loop {
        let job = job(stage, id).await;
        if job["state"] == "COMPLETED" {
            return job;
        }
        assert_eq!(job["state"], "RUNNING", "{job:#}");
        assert!(since.elapsed() < PATIENCE, "nobody ends the job: {job:#}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// The result of a job, as text and as a value for each line.
async fn result(stage: &Stage, id: &str) -> (String, Vec<Json>) {
    let request = stage.fleet.request(Method::GET, &format!("/bulk/results/{id}"));
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let text = answer.text().await.expect("a text");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (text, lines)
}

/// How often each student was told of in the log of changes.
async fn told(stage: &Stage) -> BTreeMap<String, usize> {
    let document =
        "query($after: ChangeCursor) { changes(after: $after, first: 250, types: [STUDENT]) {
        nodes { entityId op } nextCursor caughtUp } }";
    let (mut told, mut after) = (BTreeMap::new(), Json::Null);
    loop {
        let mut page =
            stage.fleet.ask(0, document, &json!({ "after": after })).await["changes"].take();
        for change in page["nodes"].as_array().expect("changes") {
            assert_eq!(change["op"], "CREATED");
            *told.entry(change["entityId"].as_str().expect("an id").to_owned()).or_default() += 1;
        }
        after = page["nextCursor"].take();
        if page["caughtUp"] == true {
            return told;
        }
    }
}

async fn import(backend: Backend) {
    let mut stage = Stage::set(backend, 1).await;
    let file = students(LINES);
    let document = "mutation($input: BulkImportCreateInput!) {
        bulkImportCreate(input: $input) { job { id } userErrors { message } } }";
    let input = json!({ "type": "STUDENT", "format": "NDJSON",
        "sizeBytes": file.len().to_string(), "sha256": sha256(file.as_bytes()) });
    let made = stage.fleet.ask(0, document, &json!({ "input": input })).await;
    let id = made["bulkImportCreate"]["job"]["id"].as_str().expect("a job").to_owned();
    let request = stage.fleet.request(Method::PUT, &format!("/bulk/uploads/{id}"));
    let sent = request.body(file).send().await.expect("an answer");
    assert_eq!(sent.status(), 200);

    let job = killed_in_the_middle(&mut stage, backend, &id, LINES).await;
    let created = number(&job["progress"]["created"]);
    assert_eq!((done(&job), created), (LINES, LINES), "{job:#}");
    let (_, lines) = result(&stage, &id).await;
    let numbers: Vec<_> = lines.iter().filter_map(|line| line["line"].as_u64()).collect();
    assert_eq!(numbers, (1..=LINES as u64).collect::<Vec<_>>(), "every line once, in their order");
    let ids: BTreeSet<_> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids.len(), LINES);
    let told = told(&stage).await;
    assert!(told.values().all(|times| *times == 1), "nobody is told of twice");
    assert!(told.keys().map(String::as_str).eq(ids), "everybody who is told of is in the result");
}

/// Makes many of one student, past the services: how they come is not what is tested.
async fn multiply(url: &str, backend: Backend) {
    let columns: Vec<_> =
        student::Column::iter().map(|one| format!("\"{}\"", one.unquoted())).collect();
    let key = match backend {
        Backend::Postgres => "gen_random_uuid()",
        Backend::Sqlite => "randomblob(16)",
    };
    let sql = format!(
        "WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {EXPORTED})
         INSERT INTO student ({}) SELECT {key}, {} FROM student, n",
        columns.join(", "),
        columns[1..].join(", ")
    );
    assert_eq!(columns[0], "\"id\"");
    let db = Db::connect(url, None).await.expect("the database opens");
    db.writer().execute_unprepared(&sql).await.expect("they are many");
}

async fn export(backend: Backend) {
    let mut stage = Stage::set(backend, 1).await;
    let one = "mutation { studentBulkUpsert(input: [{ key: { externalId: { system: \"sis\", value: \"1\" } },
        student: { givenName: \"Ada\", familyName: \"Lu\" } }]) { results { outcome } } }";
    stage.fleet.ask(0, one, &json!({})).await;
    multiply(stage.url(), backend).await;
    let document =
        "mutation($query: String!) { bulkExportCreate(input: { query: $query, format: NDJSON,
        compression: NONE }) { job { id } userErrors { message } } }";
    let query =
        "{ students { nodes { id version givenName familyName createdAt district { id name } } } }";
    let made = stage.fleet.ask(0, document, &json!({ "query": query })).await;
    let id = made["bulkExportCreate"]["job"]["id"].as_str().expect("a job").to_owned();

    let job = killed_in_the_middle(&mut stage, backend, &id, EXPORTED).await;
    assert_eq!(done(&job), EXPORTED, "{job:#}");
    let (text, lines) = result(&stage, &id).await;
    assert_eq!(lines.len(), EXPORTED);
    let ids: BTreeSet<_> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!(ids.len(), EXPORTED, "every student once");
    assert_eq!(job["resultSha256"], json!(sha256(text.as_bytes())));
    assert_eq!(number(&job["resultBytes"]), text.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_ended_by_the_server_that_was_started_again() {
    import(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_ended_by_another_replica() {
    import(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_is_ended_by_the_server_that_was_started_again() {
    export(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_export_is_ended_by_another_replica() {
    export(Backend::Postgres).await;
}
