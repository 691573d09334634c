//! The app of one test.

use std::net::{Ipv4Addr, SocketAddr};

use pathbridge::{
    app::App,
    auth::Keys,
    config::Config,
    store::{Backend, Db},
};

use super::{TestClock, TestDatabase};

/// The secret of the cursors, the same in every test.
const CURSOR_SECRET: [u8; 32] = [7; 32];

/// The whole app over an empty, migrated database that is gone with this value.
pub struct TestApp {
    /// The app under test.
    pub app: App,
    /// Its clock.
    pub clock: TestClock,
    /// Its database; last, so that the app lets go of its connections first.
    pub database: TestDatabase,
}

impl TestApp {
    /// An app of its own for one test; [`super::both`] calls this.
    pub async fn new(backend: Backend) -> Self {
        let database = TestDatabase::new(backend).await;
        let db = Db::connect(database.url(), None).await.expect("the test's database opens");
        let clock = TestClock::new();
        let config = Config {
            database_url: database.url().to_owned(),
            ..Config::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
        };
        let app = App::new(db, config, clock.clock(), Keys::new(&CURSOR_SECRET));
        Self { app, clock, database }
    }
}
