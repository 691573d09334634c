//! Jobs while they run: taken over, canceled, refused after all.

use std::time::Duration;

use chrono::TimeDelta;
use entity::{
    api_client,
    id::JobId,
    job::{self, JobState},
};
use pathbridge::{
    auth::{Scope, client},
    bulk::{
        self,
        file::{self, Part},
        worker,
    },
    changes, typeid,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::{Value as Json, json};
use tokio::time::{sleep, timeout};

use super::world::{World, counts, means, ndjson, student, students};
use crate::{changes::story::waiting, support::both};

async fn stored(world: &World<'_>, id: &str) -> job::Model {
    let id: JobId = typeid::decode(id).unwrap();
    #[expect(clippy::disallowed_methods, reason = "a test looks behind the door")]
    let row = job::Entity::find_by_id(id).one(world.app.app.db.latest()).await;
    row.unwrap().unwrap()
}

/// Works at the job and breaks off, as a process that is killed, once so many rows are done: a
/// little at a time, so that it is not done before anybody looks.
async fn broken_off(world: &World<'_>, id: &str, done: i64) {
    let mut work = Box::pin(worker::round(&world.app.app, &world.means));
    while stored(world, id).await.processed < done {
        let worked = timeout(Duration::from_millis(10), &mut work).await;
        assert!(worked.is_err(), "it was done before it broke off: {worked:?}");
    }
}

async fn cancel(world: &World<'_>, id: &str) -> Json {
    let document = "mutation($id: ID!) { jobCancel(id: $id) {
        job { state isCancelRequested } userErrors { __typename code } } }";
    world.sis.ok(document, json!({ "id": id })).await["jobCancel"].take()
}

both! {
    async fn a_job_whose_worker_died_is_done_once(app: TestApp) {
        let world = World::new(&app).await;
        let id = world.queued(students(3_000).as_bytes(), &json!({})).await;
        broken_off(&world, &id, 500).await;
        let left = stored(&world, &id).await;
        assert_eq!(left.state, JobState::Running);
        assert!(!worker::round(&app.app, &world.means).await.unwrap(), "it is still claimed");
        app.clock.advance(TimeDelta::seconds(61));
        broken_off(&world, &id, left.processed + 500).await;
        app.clock.advance(TimeDelta::seconds(61));
        world.work().await;
        let row = stored(&world, &id).await;
        assert_eq!((row.state, row.processed, row.created), (JobState::Completed, 3_000, 3_000));
        let result = world.result(&id).await;
        let lines: Vec<_> = result.iter().map(|line| line["line"].as_u64().unwrap()).collect();
        assert_eq!(lines, (1..=3_000).collect::<Vec<_>>());
        assert!(result.iter().all(|line| line["outcome"] == "CREATED"));
        let changes = waiting(&app, 0).await;
        assert_eq!(changes.iter().filter(|change| change.kind == "student").count(), 3_000);
    }

    async fn whole_imports_begin_anew_when_they_are_taken_over(app: TestApp) {
        let world = World::new(&app).await;
        let all = json!({ "errorPolicy": "REJECT_ALL" });
        let id = world.queued(students(1_500).as_bytes(), &all).await;
        let work = worker::round(&app.app, &world.means);
        assert!(timeout(Duration::from_millis(40), work).await.is_err(), "it takes longer");
        app.clock.advance(TimeDelta::seconds(61));
        world.work().await;
        let row = stored(&world, &id).await;
        assert_eq!((row.state, row.processed, row.created), (JobState::Completed, 1_500, 1_500));
        assert_eq!(world.result(&id).await.len(), 1_500);
    }

    async fn two_replicas_do_each_job_once(app: TestApp) {
        let world = World::new(&app).await;
        let mut ids = Vec::new();
        for at in 0..4 {
            let rows: Vec<_> = (0..300).map(|row| student(&format!("{at}-{row}"))).collect();
            ids.push(world.queued(ndjson(&rows).as_bytes(), &json!({})).await);
        }
        tokio::join!(world.work(), world.work());
        for id in ids {
            let job = stored(&world, &id).await;
            assert_eq!((job.state, job.created), (JobState::Completed, 300));
        }
        assert_eq!(world.count("students").await, 1_200);
    }

    async fn what_waits_is_canceled_at_once(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(2);
        for is_here in [false, true] {
            let id = world.waiting(file.as_bytes(), &json!({})).await;
            if is_here {
                world.put(&id, file.as_bytes()).await;
            }
            let canceled = cancel(&world, &id).await;
            assert_eq!(canceled["job"]["state"], "CANCELED");
            world.work().await;
            assert_eq!(world.job(&id).await["state"], "CANCELED");
            let again = cancel(&world, &id).await;
            assert_eq!(again["userErrors"][0]["code"], "INVALID_STATE_TRANSITION");
            assert_eq!(again["userErrors"][0]["__typename"], "StateError");
        }
        assert_eq!(world.count("students").await, 0);
    }

    async fn what_runs_is_canceled_between_two_batches(app: TestApp) {
        let world = World::new(&app).await;
        let id = world.queued(students(9_000).as_bytes(), &json!({})).await;
        let work = async { worker::round(&app.app, &world.means).await.unwrap() };
        let stop = async {
            while stored(&world, &id).await.processed < 500 {
                sleep(Duration::from_millis(2)).await;
            }
            cancel(&world, &id).await
        };
        let (_, canceled) = tokio::join!(work, stop);
        assert_eq!(canceled["job"], json!({ "state": "RUNNING", "isCancelRequested": true }));
        let row = stored(&world, &id).await;
        assert_eq!(row.state, JobState::Canceled);
        assert!(row.processed >= 500 && row.processed < 9_000, "{}", row.processed);
        assert_eq!(world.count("students").await, row.created, "what is counted is written");
        assert_eq!(world.result(&id).await.len(), usize::try_from(row.processed).unwrap());
        let job = world.job(&id).await;
        assert!(job["resultUrl"].is_string());
    }

    async fn what_nobody_works_at_any_more_is_canceled_too(app: TestApp) {
        let world = World::new(&app).await;
        let id = world.queued(students(3_000).as_bytes(), &json!({})).await;
        broken_off(&world, &id, 500).await;
        for _ in 0..2 {
            assert_eq!(cancel(&world, &id).await["job"]["isCancelRequested"], json!(true));
        }
        app.clock.advance(TimeDelta::seconds(61));
        world.work().await;
        let row = stored(&world, &id).await;
        assert_eq!((row.state, row.version), (JobState::Canceled, 5), "canceling twice says nothing new");
        assert_eq!(world.count("students").await, row.created);
    }

    async fn a_fault_that_stays_ends_the_job(app: TestApp) {
        let world = World::new(&app).await;
        let id = world.queued(students(2).as_bytes(), &json!({})).await;
        let key: JobId = typeid::decode(&id).unwrap();
        file::forget(app.app.db.writer(), key, Part::Upload).await.unwrap();
        assert!(worker::round(&app.app, &world.means).await.is_err(), "it may be over the next time");
        assert_eq!(stored(&world, &id).await.state, JobState::Running);
        app.clock.advance(TimeDelta::hours(1));
        world.work().await;
        let row = stored(&world, &id).await;
        assert_eq!((row.state, row.failure), (JobState::Failed, Some(job::JobFailure::Internal)));
        assert!(!row.failure_message.unwrap().contains("bulk file"), "a cause is for the log");
    }

    async fn a_client_that_may_no_longer_gets_nothing_done(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(2);
        let lost = world.queued(file.as_bytes(), &json!({})).await;
        let scopes = |scopes: &str| {
            api_client::Entity::update_many()
                .col_expr(api_client::Column::Scopes, Expr::value(scopes.to_owned()))
                .filter(api_client::Column::Id.eq(world.sis.caller.client))
                .exec(app.app.db.writer())
        };
        for (left, missing) in [("students:write", Scope::BulkManage), ("bulk:manage", Scope::StudentsWrite)] {
            let id = world.queued(file.as_bytes(), &json!({})).await;
            scopes(left).await.unwrap();
            world.work().await;
            let row = stored(&world, &id).await;
            assert_eq!(row.failure, Some(job::JobFailure::ScopeMissing));
            assert!(row.failure_message.unwrap().contains(missing.name()));
            scopes("bulk:manage students:write students:read").await.unwrap();
        }
        assert_eq!(stored(&world, &lost).await.state, JobState::Failed);
        let id = world.queued(file.as_bytes(), &json!({})).await;
        client::revoke(&app.app, &typeid::encode(world.sis.caller.client)).await.unwrap();
        world.work().await;
        let row = stored(&world, &id).await;
        assert_eq!((row.state, row.failure), (JobState::Failed, Some(job::JobFailure::ClientRevoked)));
        assert_eq!(row.created, 0);
    }

    async fn time_ends_jobs_and_takes_their_files(app: TestApp) {
        let world = World::new(&app).await;
        let waits = world.waiting(b"x", &json!({})).await;
        let done = world.import(&students(2), &json!({})).await["id"].as_str().unwrap().to_owned();
        app.clock.advance(TimeDelta::hours(24));
        world.work().await;
        let row = stored(&world, &waits).await;
        assert_eq!((row.state, row.failure), (JobState::Failed, Some(job::JobFailure::OutOfTime)));
        assert_eq!(world.result(&done).await.len(), 2);
        app.clock.advance(TimeDelta::days(7));
        world.work().await;
        assert_eq!(stored(&world, &done).await.state, JobState::Expired);
        assert_eq!(world.result(&done).await.len(), 0);
        let renewed = World { sis: app.renewed(&world.sis).await, ..world };
        let job = renewed.job(&done).await;
        assert_eq!((&job["state"], &job["resultUrl"]), (&json!("EXPIRED"), &json!(null)));
    }

    async fn a_stopping_process_lets_go_of_its_jobs(app: TestApp) {
        let world = World::new(&app).await;
        let id = world.queued(students(9_000).as_bytes(), &json!({})).await;
        let working = tokio::spawn(bulk::run(app.app.clone(), means()));
        while stored(&world, &id).await.processed < 500 {
            sleep(Duration::from_millis(2)).await;
        }
        app.app.lifetime.stop();
        working.await.unwrap();
        let row = stored(&world, &id).await;
        assert_eq!((row.state, row.claimed_until), (JobState::Running, None));
        changes::sequence_now(&app.app).await.unwrap();
        assert_eq!(counts(&world.job(&id).await), format!("processed {0}, total 9000, created {0}", row.created));
    }
}
