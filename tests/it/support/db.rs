//! A fresh, migrated database for each test, on either backend, gone with the test.
//!
//! Migrations run once per process and backend; each test gets a copy of the result.

mod postgres;
mod sqlite;

use pathbridge::store::Backend;

/// A database that is dropped with this value.
pub struct TestDatabase {
    url: String,
    _place: Place,
}

/// What to take away afterwards.
#[expect(dead_code, reason = "held for what its parts do when they are dropped")]
enum Place {
    Folder(tempfile::TempDir),
    Database(postgres::Database),
}

impl TestDatabase {
    /// A new database with the schema and no rows.
    pub async fn new(backend: Backend) -> Self {
        match backend {
            Backend::Sqlite => {
                let folder = sqlite::copy().await;
                Self { url: sqlite::url(folder.path()), _place: Place::Folder(folder) }
            }
            Backend::Postgres => {
                let database = postgres::copy().await;
                Self { url: database.url(), _place: Place::Database(database) }
            }
        }
    }

    /// The address under which anybody may open it, another process too.
    pub fn url(&self) -> &str {
        &self.url
    }
}
