//! Opening what a command works on.

use anyhow::{Context, bail};
use pathbridge::{app::App, auth::Keys, clock::Clock, config::Config, store::Db};

/// The database, however old its schema is.
pub async fn database(config: &Config) -> anyhow::Result<Db> {
    let opened = Db::connect(&config.database_url, config.database_read_url.as_deref()).await;
    opened.context("the database of DATABASE_URL cannot be opened")
}

/// Refuses a database whose schema is not this version's.
pub async fn require_current(db: &Db) -> anyhow::Result<()> {
    let pending = migration::pending(db.writer()).await;
    match pending.context("the migrations of the database cannot be read")? {
        0 => Ok(()),
        pending => bail!(
            "{pending} migrations are pending; run `pathbridge migrate up` (or start the server \
             with `pathbridge serve --migrate`)"
        ),
    }
}

/// An app for a command that neither signs nor verifies tokens: the keys of the server stay where
/// they are, and it may run on a machine that has none.
pub async fn app(config: Config) -> anyhow::Result<App> {
    let db = database(&config).await?;
    require_current(&db).await?;
    let clock = Clock::system();
    let keys = Keys::ephemeral(&clock).context("no keys could be made")?;
    Ok(App::new(db, config, clock, keys))
}
