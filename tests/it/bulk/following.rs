//! Jobs that are followed while they run, over either kind of stream.

use pathbridge::bulk;
use serde_json::{Value as Json, json};
use tokio::time::timeout;

use super::world::{World, means, students};
use crate::{
    live::wire::{Ask, Events, SOON, Server, Socket},
    support::both,
};

const FOLLOW: &str =
    "subscription($id: ID!) { jobProgress(id: $id) { state progress { processed } } }";

/// The state of a followed job, and how many rows are done.
fn step(event: &Json) -> (String, i64) {
    let job = &event["data"]["jobProgress"];
    let done = job["progress"]["processed"].as_str().unwrap_or_else(|| panic!("{event:#}"));
    (job["state"].as_str().unwrap().to_owned(), done.parse().unwrap())
}

async fn follow(world: &World<'_>, id: &str) -> Events {
    Ask::post(&world.sis.token, FOLLOW, &json!({ "id": id })).send(world.app).await
}

/// Each step goes on from the one before, and the last is the end.
fn are_steps(steps: &[(String, i64)]) {
    assert_eq!(steps.last(), Some(&("COMPLETED".to_owned(), 2_000)));
    assert!(steps.windows(2).all(|two| two[0].1 <= two[1].1 && two[0] != two[1]), "{steps:?}");
}

both! {
    async fn a_job_is_followed_to_its_end(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(2_000);
        let id = world.waiting(file.as_bytes(), &json!({})).await;
        let mut events = follow(&world, &id).await;
        let first = events.next().await.unwrap();
        assert_eq!(step(&first.json()), ("WAITING_FOR_FILE".to_owned(), 0));
        assert_eq!(first.id, "", "a job has no cursor to come back with");
        world.put(&id, file.as_bytes()).await;
        let working = tokio::spawn(bulk::run(app.app.clone(), means()));
        let mut steps = Vec::new();
        loop {
            let event = timeout(SOON, events.next()).await.unwrap().expect("an event");
            if event.name == "complete" {
                break;
            }
            steps.push(step(&event.json()));
        }
        app.app.lifetime.stop();
        working.await.unwrap();
        are_steps(&steps);
    }

    async fn a_job_is_followed_over_a_socket(app: TestApp) {
        let world = World::new(&app).await;
        let file = students(2_000);
        let id = world.waiting(file.as_bytes(), &json!({})).await;
        let server = Server::of(&app).await;
        let mut socket = Socket::known(&server, &world.sis.token).await;
        socket.subscribe("job", FOLLOW, json!({ "id": id })).await;
        let first = socket.next().await;
        assert_eq!((&first["id"], &first["type"]), (&json!("job"), &json!("next")));
        assert_eq!(step(&first["payload"]), ("WAITING_FOR_FILE".to_owned(), 0));
        world.put(&id, file.as_bytes()).await;
        let working = tokio::spawn(bulk::run(app.app.clone(), means()));
        let mut steps = Vec::new();
        loop {
            let message = socket.next().await;
            if message["type"] == "complete" {
                assert_eq!(message, json!({ "id": "job", "type": "complete" }));
                break;
            }
            steps.push(step(&message["payload"]));
        }
        are_steps(&steps);
        // The socket outlives its stream, and a job that is over has one step.
        socket.subscribe("again", FOLLOW, json!({ "id": id })).await;
        assert_eq!(step(&socket.next().await["payload"]), ("COMPLETED".to_owned(), 2_000));
        assert_eq!(socket.next().await, json!({ "id": "again", "type": "complete" }));
        let other = world.other(pathbridge::auth::Scopes::all()).await;
        let mut theirs = Socket::known(&server, &other.token).await;
        theirs.subscribe("job", FOLLOW, json!({ "id": id })).await;
        let refused = theirs.next().await;
        assert_eq!(refused["payload"][0]["extensions"]["code"], "NOT_FOUND", "{refused}");
        app.app.lifetime.stop();
        working.await.unwrap();
    }

    async fn what_cannot_be_followed_is_refused(app: TestApp) {
        let world = World::new(&app).await;
        let id = world.import(&students(1), &json!({})).await["id"].as_str().unwrap().to_owned();
        let mut events = follow(&world, &id).await;
        let only = events.next().await.unwrap().json();
        assert_eq!(step(&only), ("COMPLETED".to_owned(), 1));
        assert_eq!(events.next().await.unwrap().name, "complete", "a job that is over has one step");
        let other = world.other(pathbridge::auth::Scopes::all()).await;
        for (actor, id, code) in [
            (&other, id.as_str(), "NOT_FOUND"),
            (&world.sis, "student_0", "INVALID_ID"),
        ] {
            let ask = Ask::post(&actor.token, FOLLOW, &json!({ "id": id }));
            let mut events = ask.send(&app).await;
            assert_eq!(events.next().await.unwrap().code(), code);
        }
    }
}
