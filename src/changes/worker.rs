//! The task that numbers changes and forgets old ones, and the keys of mutations done long ago, for as long as the process goes on.
//!
//! It wakes when this process has committed something, and looks by itself a few times a second
//! for what others have. On PostgreSQL each replica runs one; they take turns by the round. A
//! second task hears from the database what the others have numbered.

use std::time::Duration;

use chrono::NaiveDate;
use sea_orm::sqlx::{self, postgres::PgListener};
use tokio::time::{Instant, sleep};

use super::{
    retention,
    sequencer::{CHANNEL, Round, try_round},
    state,
};
use crate::{
    app::App,
    error::Result,
    store::{self, Backend, view},
    telemetry::metrics,
};

/// How long a change of another process waits at most before it is looked for.
const POLL: Duration = Duration::from_millis(250);
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(1);
/// How often old changes are forgotten.
const FORGET: Duration = Duration::from_hours(1);

/// Numbers changes until the process is told to stop.
pub async fn run(app: App) {
    let stopping = app.lifetime.stopping();
    tokio::select! {
        () = stopping => {}
        () = number(&app) => {}
        () = hear(&app) => {}
    }
}

async fn number(app: &App) {
    let mut forget_at = Instant::now();
    let mut swept = None;
    loop {
        let turn = turn(app, &mut forget_at, &mut swept).await;
        let pause = match turn {
            Ok(Round::Moved(some)) if some > 0 => continue,
            Ok(_) => POLL,
            Err(error) => {
                tracing::warn!(cause = ?error, "changes could not be numbered; trying again");
                PAUSE
            }
        };
        tokio::select! {
            () = app.db.wake().rung() => {}
            () = sleep(pause) => {}
        }
    }
}

async fn turn(app: &App, forget_at: &mut Instant, swept: &mut Option<NaiveDate>) -> Result<Round> {
    let today = app.clock.now().date_naive();
    if *swept != Some(today) {
        view::sweep(app).await?;
        *swept = Some(today);
    }
    if Instant::now() >= *forget_at {
        retention::forget(app).await?;
        store::forget_keys(app).await?;
        *forget_at = Instant::now() + FORGET;
    }
    let since = state::waiting_since(app).await?;
    let age = since
        .map_or(Duration::ZERO, |since| (app.clock.now() - since).to_std().unwrap_or_default());
    let head = *app.db.wake().heads().borrow();
    metrics::changes(head, age);
    if since.is_none() && head > 0 { Ok(Round::Moved(0)) } else { try_round(app).await }
}

/// Hears how far the log has grown, for ever; on SQLite only this process writes it.
async fn hear(app: &App) {
    if app.db.backend() == Backend::Sqlite {
        return std::future::pending().await;
    }
    loop {
        if let Err(error) = listen(app).await {
            tracing::warn!(cause = %error, "the channel of changes broke off; listening again");
        }
        sleep(PAUSE).await;
    }
}

async fn listen(app: &App) -> Result<(), sqlx::Error> {
    let pool = app.db.writer().get_postgres_connection_pool();
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let heard = listener.recv().await?;
        if let Ok(head) = heard.payload().parse() {
            app.db.wake().grown_to(head);
        }
    }
}
