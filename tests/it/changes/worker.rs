//! The task behind the log: it numbers what is committed, makes room, and forgets what is old.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use pathbridge::{
    app::App,
    auth::Keys,
    changes,
    config::Config,
    store::{Backend, Db},
};
use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};

use super::feed::all;
use crate::{
    roster::world::{World, send},
    support::{TestApp, both},
};

/// The longest that a change may take to be heard of.
const PATIENCE: Duration = Duration::from_secs(20);

/// Another process over the same database.
async fn replica(app: &TestApp) -> App {
    let db = Db::connect(app.database.url(), None).await.expect("the database opens");
    let clock = app.clock.clock();
    let keys = Keys::ephemeral(&clock).expect("keys");
    App::new(db, Config::clone(&app.app.config), clock, keys)
}

async fn grown_to(app: &App, head: i64) {
    let mut tap = changes::tap(app);
    let grown = tokio::time::timeout(PATIENCE, tap.wait_for(|known| *known >= head)).await;
    grown.expect("the log grows in time").expect("the process goes on");
}

both! {
    async fn replicas_number_each_change_once_and_hear_of_all(app: TestApp) {
        let other = replica(&app).await;
        let workers = [app.app.clone(), other.clone()].map(|app| tokio::spawn(changes::run(app)));
        let world = Arc::new(World::new(&app, "north").await);
        for number in 0..10 {
            let fields = json!({ "givenName": "Eva", "familyName": format!("Lu {number}") });
            send(&world.sis, "student", &format!("n{number}"), &fields).await;
        }
        // One row of each of eight kinds, a tie, and ten students.
        grown_to(&app.app, 19).await;
        if app.app.db.backend() == Backend::Postgres {
            grown_to(&other, 19).await;
        }
        let (told, _) = all(&world.sis, Json::Null, 100).await;
        assert_eq!(told.len(), 19);
        for app in [&app.app, &other] {
            app.lifetime.stop();
        }
        for worker in workers {
            let ended = tokio::time::timeout(PATIENCE, worker).await;
            ended.expect("it stops when it is told to").expect("it ends well");
        }
    }

    async fn the_log_grows_from_part_to_part_and_old_parts_go(app: TestApp) {
        let writer = app.app.db.writer();
        let last = migration::PART - 3;
        let sql = format!("UPDATE feed_state SET head = {last}, forgotten = {last}");
        writer.execute_unprepared(&sql).await.expect("a log near the end of its part");
        let world = World::new(&app, "north").await;
        changes::sequence_now(&app.app).await.expect("a round");
        let (told, end) = all(&world.sis, Json::Null, 4).await;
        assert_eq!(told.len(), 9);

        app.clock.advance(TimeDelta::days(91));
        assert_eq!(changes::forget(&app.app).await.expect("it forgets"), last + 9);
        let sis = app.client(world.sis.caller.tenant).await;
        send(&sis, "student", "b", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        changes::sequence_now(&app.app).await.expect("a round");
        assert_eq!(all(&sis, end, 4).await.0.len(), 1, "numbers go on behind what was forgotten");
        if app.app.db.backend() == Backend::Postgres {
            let first = writer.execute_unprepared("SELECT 1 FROM change_log_0").await;
            assert!(first.is_err(), "the first part is gone");
        }
    }
}
