//! Who does the work: one replica, and another when that one dies.

use std::time::Duration;

use chrono::TimeDelta;
use pathbridge::{
    app::App,
    auth::{Keys, Tenant},
    sandbox::{
        service::{claim, prepare::prepare},
        worker,
    },
};

use super::world::{Made, ids};
use crate::support::{Actor, TestApp, both};

/// Another process on the same database.
fn replica(app: &TestApp) -> App {
    let keys = Keys::ephemeral(&app.clock.clock()).expect("keys");
    App::new(app.app.db.clone(), app.app.config.clone(), app.clock.clock(), keys)
}

/// How much there is of what the story makes.
async fn size(sis: &Actor) -> Vec<usize> {
    let mut all = Vec::new();
    for list in ["students", "classes", "enrollments", "opportunities", "placements", "timeEntries"]
    {
        all.push(ids(sis, list).await.len());
    }
    all
}

both! {
    async fn two_replicas_share_the_work_and_do_none_of_it_twice(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let (one, two) = (Made::new(&owner, "one").await, Made::new(&owner, "two").await);
        let other = replica(&app);
        let (here, there) = tokio::join!(worker::round(&app.app), worker::round(&other));
        assert_eq!(here.expect("a round") + there.expect("a round"), 2);
        let mut sizes = Vec::new();
        for made in [&one, &two] {
            assert_eq!(made.state(&owner).await, "READY");
            sizes.push(size(&made.client(&app, "DISTRICT").await).await);
        }
        assert!(sizes[0].iter().all(|count| *count > 0), "{sizes:?}");
        assert_eq!(sizes[0], sizes[1], "the same seed");
    }

    async fn a_replica_that_dies_leaves_its_work_to_the_next(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let whole = Made::ready(&app, &owner, "whole").await;
        let broken = Made::new(&owner, "broken").await;
        let claim = claim::next(&app.app).await.expect("a look").expect("a claim");
        // Broken off in the middle of the story.
        let cut = tokio::time::timeout(Duration::from_millis(250), prepare(&app.app, &claim)).await;
        assert!(cut.is_err(), "the story takes longer");
        let other = replica(&app);
        assert_eq!(worker::round(&other).await.expect("a round"), 0, "the claim holds");
        app.clock.advance(TimeDelta::seconds(61));
        assert_eq!(worker::round(&other).await.expect("a round"), 1);
        assert_eq!(broken.state(&owner).await, "READY");
        let sizes = [&whole, &broken].map(|made| async { size(&made.client(&app, "DISTRICT").await).await });
        let [whole, broken] = sizes;
        assert_eq!(whole.await, broken.await);
    }

    async fn who_was_overtaken_changes_nothing(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::new(&owner, "overtaken").await;
        let late = claim::next(&app.app).await.expect("a look").expect("a claim");
        app.clock.advance(TimeDelta::seconds(61));
        let next = claim::next(&app.app).await.expect("a look").expect("a claim");
        prepare(&app.app, &late).await.expect("nothing fails");
        assert_eq!(made.state(&owner).await, "PREPARING", "only whose it is says that it is ready");
        prepare(&app.app, &next).await.expect("nothing fails");
        assert_eq!(made.state(&owner).await, "READY");
        late.release(&app.app).await.expect("nothing fails");
        assert!(claim::next(&app.app).await.expect("a look").is_none());
    }

    async fn a_sandbox_that_is_thrown_away_while_it_is_filled_is_not_ready_again(app: TestApp) {
        let owner = app.client(Tenant::District(app.district("north").await)).await;
        let made = Made::new(&owner, "thrown away").await;
        let claim = claim::next(&app.app).await.expect("a look").expect("a claim");
        made.step(&owner, "sandboxDelete").await;
        prepare(&app.app, &claim).await.expect("nothing fails");
        assert_eq!(made.state(&owner).await, "DELETING");
        claim.release(&app.app).await.expect("nothing fails");
        assert_eq!(worker::round(&app.app).await.expect("a round"), 1);
        assert_eq!(made.state(&owner).await, "DELETING");
    }
}
