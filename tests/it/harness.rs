//! The harness itself: what every other test takes for granted.

use chrono::TimeDelta;
use entity::id::StudentId;
use pathbridge::store::{Backend, Db};
use sea_orm::{ConnectionTrait, Statement};

use crate::support::{TestApp, TestClock, TestDatabase, both};

/// The number that a statement answers, or `None` when it fails.
async fn number(db: &Db, sql: &str) -> Option<i64> {
    let connection = db.writer();
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let row = connection.query_one_raw(statement).await.ok()??;
    row.try_get_by_index(0).ok()
}

both! {
    async fn a_database_is_migrated(app: TestApp) {
        let applied = number(&app.app.db, "SELECT COUNT(*) FROM seaql_migrations").await;
        assert!(applied.is_some_and(|count| count > 0), "applied migrations: {applied:?}");
    }

    async fn a_database_belongs_to_one_test(app: TestApp) {
        let neighbour = TestApp::new(app.app.db.backend()).await;
        let writer = app.app.db.writer();
        writer.execute_unprepared("CREATE TABLE mark (id INTEGER)").await.unwrap();
        assert_eq!(number(&app.app.db, "SELECT COUNT(*) FROM mark").await, Some(0));
        assert_eq!(number(&neighbour.app.db, "SELECT COUNT(*) FROM mark").await, None);
    }

    async fn another_process_could_open_the_database(app: TestApp) {
        assert_eq!(app.app.config.database_url, app.database.url());
        let second = Db::connect(app.database.url(), None).await.unwrap();
        assert_eq!(second.backend(), app.app.db.backend());
        let applied = "SELECT COUNT(*) FROM seaql_migrations";
        assert_eq!(number(&second, applied).await, number(&app.app.db, applied).await);
    }

    async fn the_app_tells_the_time_of_the_test(app: TestApp) {
        let before = app.app.clock.now();
        app.clock.advance(TimeDelta::days(1));
        assert_eq!(app.app.clock.now() - before, TimeDelta::days(1));
    }
}

#[tokio::test]
async fn a_database_goes_with_its_test() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let database = TestDatabase::new(backend).await;
        // Without leave to create, since SQLite would make a new file.
        let url = database.url().replace("mode=rwc", "mode=rw");
        assert!(Db::connect(&url, None).await.is_ok(), "{backend:?} while the test runs");
        drop(database);
        assert!(Db::connect(&url, None).await.is_err(), "{backend:?} after the test");
    }
}

#[test]
fn every_test_begins_at_the_same_time_with_the_same_ids() {
    let (first, second) = (TestClock::new().clock(), TestClock::new().clock());
    assert_eq!(first.now().to_rfc3339(), "2026-09-01T08:00:00+00:00");
    assert_eq!(first.now(), second.now());
    let ids: [StudentId; 2] = [first.id(), first.id()];
    assert_eq!(ids, [second.id(), second.id()]);
    assert_ne!(ids[0], ids[1]);
}
