//! The worker by itself: woken by commits, on two replicas, and after one of them died.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use pathbridge::{
    app::App,
    auth::Keys,
    changes,
    store::{Backend, Db},
    webhooks::{service::claim, worker},
};
use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use super::{
    receiver::{Receiver, Reply},
    world::{World, assert_gapless, in_chain},
};
use crate::support::both;

/// Waits until so many have come, and for how long that took.
async fn until(receiver: &Receiver, many: usize) -> Duration {
    let begun = Instant::now();
    while receiver.got().len() < many {
        assert!(begun.elapsed() < Duration::from_secs(20), "{} came", receiver.got().len());
        sleep(Duration::from_millis(5)).await;
    }
    begun.elapsed()
}

both! {
    async fn a_commit_wakes_the_worker(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        world.endpoint(&receiver).await;
        let app = &world.app.app;
        let tasks = [
            app.lifetime.spawn(changes::run(app.clone())),
            app.lifetime.spawn(worker::run_with(app.clone(), world.post.clone())),
        ];
        sleep(Duration::from_millis(300)).await;
        let mut took = Vec::new();
        for round in 0..5 {
            world.student("s1", &format!("Name{round}")).await;
            took.push(until(&receiver, round + 1).await);
        }
        took.sort();
        println!("from a mutation's answer to its receiver: {took:?}");
        assert!(took[2] < Duration::from_millis(800), "{took:?}");
        app.lifetime.stop();
        for task in tasks {
            task.await.unwrap();
        }
    }

    async fn a_receiver_that_stalls_keeps_no_other_waiting(app: TestApp) {
        let world = World::new(app).await;
        let [slow, quick] = [Receiver::start().await, Receiver::start().await];
        world.endpoint(&slow).await;
        world.endpoint(&quick).await;
        slow.will(std::iter::repeat_n(Reply::Stall, 200));
        let keys: Vec<String> = (0..50).map(|key| format!("s{key}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        let app = &world.app.app;
        app.lifetime.spawn(changes::run(app.clone()));
        app.lifetime.spawn(worker::run_with(app.clone(), world.post.clone()));
        world.students(&keys, "A").await;
        until(&quick, 50).await;
        assert!(slow.got().len() < 50, "it had its sixteen at a time: {}", slow.got().len());
        // What has changed meanwhile does not wait for the stalled ones either.
        world.students(&["s0"], "B").await;
        until(&quick, 51).await;
        app.lifetime.stop();
        app.lifetime.finished().await;
    }

    async fn two_replicas_share_the_work_and_do_nothing_twice(app: TestApp) {
        let folder = TempDir::new().unwrap();
        let clock = app.clock.clone();
        let keys = || Keys::load_or_create(folder.path(), &clock.clock()).unwrap();
        let world = World::with(app, keys()).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        let first = world.app.app.clone();
        let second = match first.db.backend() {
            Backend::Postgres => {
                let db = Db::connect(&first.config.database_url, None).await.unwrap();
                App::new(db, first.config.clone(), clock.clock(), keys())
            }
            // One process serves SQLite; its two workers share nothing but the database.
            Backend::Sqlite => first.clone(),
        };
        let replicas = [first.clone(), second.clone()];
        for replica in replicas {
            let lifetime = replica.lifetime.clone();
            lifetime.spawn(changes::run(replica.clone()));
            lifetime.spawn(worker::run_with(replica, world.post.clone()));
        }
        let keys: Vec<String> = (0..20).map(|key| format!("s{key}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        for round in 0..10 {
            world.students(&keys, &format!("Name{round}")).await;
        }
        println!("200 deliveries came {:?} after the last commit", until(&receiver, 200).await);
        sleep(Duration::from_millis(300)).await;
        for replica in [first, second] {
            replica.lifetime.stop();
            replica.lifetime.finished().await;
        }
        let got = receiver.got();
        assert_eq!(got.len(), 200, "nobody failed, so each came once");
        let chain = in_chain(&endpoint.cursor, &got);
        assert_gapless(&endpoint.cursor, &chain);
        assert_eq!(chain.len(), 200);
        let mut of_student: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        for one in &got {
            let version = one.told("/data/version").parse().unwrap();
            of_student.entry(one.told("/data/id")).or_default().push(version);
        }
        for versions in of_student.values() {
            assert_eq!(versions, &(1..=10).collect::<Vec<i64>>());
        }
    }

    async fn what_a_dead_worker_held_is_delivered_by_another(app: TestApp) {
        let world = World::new(app).await;
        let receiver = Receiver::start().await;
        let endpoint = world.endpoint(&receiver).await;
        world.student("s1", "A").await;
        // It is claimed, and whoever claimed it is never heard of again.
        receiver.will([Reply::status(500)]);
        world.turn().await;
        world.app.clock.advance(TimeDelta::seconds(6));
        let id = pathbridge::typeid::decode(&endpoint.id).unwrap();
        let held = claim::claim(&world.app.app, id, 10).await.unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!(world.turn().await, 0);
        world.student("s1", "B").await;
        assert_eq!(world.later(TimeDelta::seconds(50)).await, 0, "the next one waits as well");
        assert_eq!(world.later(TimeDelta::seconds(11)).await, 2);
        let versions: Vec<_> =
            receiver.got()[1..].iter().map(|one| one.told("/data/version")).collect();
        assert_eq!(versions, ["1", "2"]);
        let told = world.deliveries(json!({ "state": { "eq": "DELIVERED" } })).await;
        assert_eq!(told.len(), 2);
    }
}
