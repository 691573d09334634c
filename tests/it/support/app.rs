//! The app of one test.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use axum::Router;
use pathbridge::{
    app::App,
    auth::Keys,
    config::Config,
    http, schema,
    store::{Backend, Db},
};

use super::{Heard, TestClock, TestDatabase};

/// The whole app over an empty, migrated database that is gone with this value.
pub struct TestApp {
    /// The app under test.
    pub app: App,
    /// Its routes, called in process.
    pub router: Router,
    /// What it says to its database, while a test listens.
    pub heard: Heard,
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
        let heard = Heard::default();
        let db = db.heard_by(heard.ear());
        let clock = TestClock::new();
        let config = Config {
            database_url: database.url().to_owned(),
            ..Config::at(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
        };
        let keys = Keys::ephemeral(&clock.clock()).expect("keys");
        let app = App::new(db, config, clock.clock(), keys);
        let api = Arc::new(schema::api().expect("the schema"));
        let router = http::router(app.clone(), api, Arc::new(app.clone()));
        Self { app, router, heard, clock, database }
    }

    /// The same database under other settings, and with other keys: for the start of a test.
    pub fn with_config(self, change: impl FnOnce(&mut Config)) -> Self {
        let keys = Keys::ephemeral(&self.clock.clock()).expect("keys");
        self.with(change, keys)
    }

    /// The same database under other settings and with these keys.
    pub fn with(mut self, change: impl FnOnce(&mut Config), keys: Keys) -> Self {
        let mut config = self.app.config.clone();
        change(&mut config);
        self.app = App::new(self.app.db.clone(), config, self.clock.clock(), keys);
        let api = Arc::new(schema::api().expect("the schema"));
        self.router = http::router(self.app.clone(), api, Arc::new(self.app.clone()));
        self
    }
}
