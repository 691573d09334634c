//! Exports as jobs: asked for, done, taken over, fetched.

use chrono::TimeDelta;
use entity::{
    api_client,
    id::JobId,
    job::{self, JobState},
};
use pathbridge::{
    auth::Scope,
    bulk::{
        export::{Halt, MOST_ATTEMPTS, work},
        file::{self, Part},
        service::{Request as Asked, claim, progress::Hold},
    },
    typeid,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value as Json, json};

use super::{
    fetching::get,
    world::{World, sha256, students},
};
use crate::support::{Actor, TestApp, both};

pub const LISTS: &str = "{ students { nodes { id version familyName } } schools { nodes { id } } }";

/// What `bulkExportCreate` answers.
async fn ask(actor: &Actor, input: &Json) -> Json {
    let document = "mutation($input: BulkExportCreateInput!) { bulkExportCreate(input: $input) {
        job { id state kind clientReference } userErrors { code message path } } }";
    actor.ok(document, json!({ "input": input })).await["bulkExportCreate"].take()
}

/// An export that waits for a worker.
pub async fn queued(actor: &Actor, input: &Json) -> String {
    let payload = ask(actor, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{payload:#}");
    assert_eq!(
        (&payload["job"]["kind"], &payload["job"]["state"]),
        (&json!("EXPORT"), &json!("QUEUED"))
    );
    payload["job"]["id"].as_str().expect("an id").to_owned()
}

/// A district with some students.
pub async fn world(app: &TestApp, count: usize) -> World<'_> {
    let world = World::new(app).await;
    world.import(&students(count), &json!({})).await;
    world
}

async fn claimed(world: &World<'_>) -> job::Model {
    claim::next(&world.app.app).await.expect("a claim").expect("a job")
}

/// Works at a job under a claim of its own.
async fn work_at(world: &World<'_>, job: &job::Model) -> Result<(), Halt> {
    let Asked::Export(wanted) = Asked::of(job).expect("a request") else { panic!("an export") };
    work(&world.app.app, &world.means.api, &world.sis.caller, job, &wanted).await
}

both! {
    async fn an_export_is_asked_for_done_and_fetched(app: TestApp) {
        let world = world(&app, 1_500).await;
        let id = queued(&world.sis, &json!({ "query": LISTS, "format": "NDJSON", "clientReference": "nightly" })).await;
        world.work().await;
        let job = world.job(&id).await;
        assert_eq!((&job["state"], &job["clientReference"]), (&json!("COMPLETED"), &json!("nightly")), "{job:#}");
        assert_eq!((&job["progress"]["processed"], &job["progress"]["total"]), (&json!("1500"), &json!("1500")));
        let digest = "query($id: ID!) { job(id: $id) { resultSha256 } }";
        let digest = world.sis.ok(digest, json!({ "id": id })).await["job"]["resultSha256"].take();

        let whole = get(&world, &id, &[]).await;
        assert_eq!(whole.status, 200);
        assert_eq!(whole.header("content-type"), "application/gzip");
        assert_eq!(whole.header("content-disposition"), "attachment; filename=\"export-2026-09-01.ndjson.gz\"");
        assert_eq!(whole.header("content-length"), whole.bytes.len().to_string());
        assert_eq!(whole.header("cache-control"), "no-store");
        assert_eq!(json!(sha256(&whole.bytes)), digest);
        assert_eq!(job["resultBytes"], json!(whole.bytes.len().to_string()));
        let url = job["resultUrl"].as_str().expect("an address");
        assert!(url.ends_with(&format!("/bulk/results/{id}")), "{url}");
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(whole.bytes.as_slice()), &mut text).expect("gzip");
        assert_eq!(text.lines().count(), 1_500);

        let told = "query($after: ChangeCursor) { changes(after: $after, first: 10) { nodes { type op } } }";
        let told = world.sis.ok(told, json!({ "after": job["changeCursor"] })).await;
        let of_students: Vec<_> = told["changes"]["nodes"].as_array().expect("changes").iter()
            .filter(|change| change["type"] != json!("JOB")).collect();
        assert_eq!(of_students, [&json!(null); 0], "the file has every student");
    }

    async fn what_cannot_be_exported_is_refused_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let said = |payload: &Json| {
            let errors = payload["userErrors"].as_array().expect("errors").clone();
            errors.iter().map(|error| format!("{} {}", error["code"], error["path"])).collect::<Vec<_>>()
        };
        let nested = json!({ "query": "{ schools { nodes { students(first: 1) { nodes { id } } } } }", "format": "NDJSON" });
        assert_eq!(said(&ask(&world.sis, &nested).await), [r#""INVALID_FORMAT" ["input","query"]"#]);
        let two = json!({ "query": LISTS, "format": "CSV" });
        assert_eq!(said(&ask(&world.sis, &two).await), [r#""INVALID_FORMAT" ["input","format"]"#]);
        let query = "query($name: String!) { students(where: { familyName: { eq: $name } }) { nodes { id } } }";
        let without = json!({ "query": query, "format": "NDJSON", "variables": { "other": 1 } });
        assert_eq!(said(&ask(&world.sis, &without).await), [r#""INVALID_FORMAT" ["input","variables"]"#]);
        let with = json!({ "query": query, "format": "NDJSON", "variables": { "name": "Byron" }, "compression": "NONE" });
        let id = queued(&world.sis, &with).await;
        world.work().await;
        assert_eq!(get(&world, &id, &[]).await.bytes, b"", "nobody has the name");

        let scopes = [Scope::BulkManage, Scope::RosterRead].into_iter().collect();
        let weak = world.other(scopes).await;
        let document = "mutation($query: String!) { bulkExportCreate(input: { query: $query, format: NDJSON }) { job { id } } }";
        let refused = weak.gql(document, json!({ "query": LISTS })).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(refused.body["errors"][0]["extensions"]["requiredScope"], json!("students:read"));
    }

    async fn a_client_that_lost_a_scope_gets_no_file(app: TestApp) {
        let world = world(&app, 3).await;
        let id = queued(&world.sis, &json!({ "query": LISTS, "format": "NDJSON" })).await;
        api_client::Entity::update_many()
            .col_expr(api_client::Column::Scopes, Expr::value("bulk:manage roster:read"))
            .filter(api_client::Column::Id.eq(world.sis.caller.client))
            .exec(app.app.db.writer())
            .await
            .expect("a client with fewer scopes");
        world.work().await;
        let job = world.job(&id).await;
        assert_eq!((&job["state"], &job["failure"]), (&json!("FAILED"), &json!("SCOPE_MISSING")));
        assert_eq!((&job["resultUrl"], &job["resultBytes"]), (&Json::Null, &Json::Null));
        assert_eq!(get(&world, &id, &[]).await.status, 404);
    }

    async fn an_export_whose_worker_died_begins_anew(app: TestApp) {
        let world = world(&app, 20).await;
        let id = queued(&world.sis, &json!({ "query": LISTS, "format": "NDJSON", "compression": "NONE" })).await;
        let first = claimed(&world).await;
        let half = b"{\"__typename\":\"Student\"}\nhalf a line";
        file::append(app.app.db.writer(), first.id, Part::Result, 0, half).await.expect("half a file");
        app.clock.advance(TimeDelta::seconds(61));
        let second = claimed(&world).await;
        assert_eq!(second.id, first.id);
        let lost = work_at(&world, &first).await;
        assert!(matches!(lost, Err(Halt::Hold(Hold::Lost))), "{lost:?}");
        assert_eq!(world.file(&id, Part::Result).await.as_bytes(), half, "whoever lost it writes nothing");
        work_at(&world, &second).await.expect("it is done");
        assert_eq!(world.result(&id).await.len(), 20);
        assert_eq!(world.job(&id).await["state"], json!("COMPLETED"));
    }

    async fn an_export_that_always_breaks_off_is_given_up(app: TestApp) {
        let world = world(&app, 3).await;
        let id = queued(&world.sis, &json!({ "query": LISTS, "format": "NDJSON" })).await;
        let key: JobId = typeid::decode(&id).expect("an id");
        job::Entity::update_many()
            .col_expr(job::Column::Attempts, Expr::value(MOST_ATTEMPTS))
            .filter(job::Column::Id.eq(key))
            .exec(app.app.db.writer())
            .await
            .expect("a job that broke off before");
        world.work().await;
        let job = world.job(&id).await;
        assert_eq!((&job["state"], &job["failure"]), (&json!("FAILED"), &json!("INTERNAL")));
    }

    async fn an_export_that_is_canceled_leaves_no_file(app: TestApp) {
        let world = world(&app, 3).await;
        let cancel = "mutation($id: ID!) { jobCancel(id: $id) { job { state isCancelRequested } userErrors { code } } }";
        let waiting = queued(&world.sis, &json!({ "query": LISTS, "format": "NDJSON" })).await;
        let canceled = world.sis.ok(cancel, json!({ "id": waiting })).await;
        assert_eq!(canceled["jobCancel"]["job"]["state"], json!("CANCELED"));
        assert_eq!(get(&world, &waiting, &[]).await.status, 404);

        let running = queued(&world.sis, &json!({ "query": LISTS, "format": "NDJSON" })).await;
        let job = claimed(&world).await;
        let canceled = world.sis.ok(cancel, json!({ "id": running })).await;
        assert_eq!(canceled["jobCancel"]["job"], json!({ "state": "RUNNING", "isCancelRequested": true }));
        let stopped = work_at(&world, &job).await;
        assert!(matches!(stopped, Err(Halt::Hold(Hold::Canceled))), "{stopped:?}");
        app.clock.advance(TimeDelta::seconds(61));
        world.work().await;
        assert_eq!(world.job(&running).await["state"], json!("CANCELED"));
        assert_eq!(world.file(&running, Part::Result).await, "");
        assert_eq!(stored(&world, &running).await, JobState::Canceled);
    }
}

#[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
async fn stored(world: &World<'_>, id: &str) -> JobState {
    let id: JobId = typeid::decode(id).expect("an id");
    let row = job::Entity::find_by_id(id).one(world.app.app.db.latest()).await;
    row.expect("a lookup").expect("the job").state
}
