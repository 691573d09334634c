//! SQLite: the file of the migrated database, kept in memory and written out for each test.

use std::{fs, path::Path};

use sea_orm::Database;
use tempfile::TempDir;
use tokio::sync::OnceCell;

static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();

/// A folder with a migrated database in it.
pub async fn copy() -> TempDir {
    let template = TEMPLATE.get_or_init(template).await;
    let folder = TempDir::new().expect("a temporary folder can be made");
    fs::write(file(folder.path()), template).expect("a temporary folder can be written to");
    folder
}

/// The address of the database in the folder.
pub fn url(folder: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file(folder).display())
}

fn file(folder: &Path) -> std::path::PathBuf {
    folder.join("test.db")
}

async fn template() -> Vec<u8> {
    let folder = TempDir::new().expect("a temporary folder can be made");
    let db = Database::connect(url(folder.path())).await.expect("SQLite opens a new file");
    migration::up(&db).await.expect("the migrations run on SQLite");
    db.close().await.expect("SQLite closes its file");
    fs::read(file(folder.path())).expect("the migrated file is there")
}
