//! The task that does what jobs ask for, on every replica at once.
//!
//! It wakes when the log of changes has grown, since a job that is queued is a change, and looks by
//! itself every few seconds for jobs that somebody else has left.

mod attend;
mod cells;
mod import;
mod missing;
mod result;
mod source;
mod stop;
mod told;
mod whole;

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{task::JoinSet, time::sleep};

use super::service::{claim, retention};
use crate::{app::App, changes, error::Result, graphql::Api, store::Intake};

/// How long a job waits at most of which this process has not heard.
const POLL: Duration = Duration::from_secs(2);
/// How long to wait after a failure of ours.
const PAUSE: Duration = Duration::from_secs(5);
/// How often jobs are looked for whose time is over.
const SWEEP: Duration = Duration::from_mins(1);
/// Jobs that one process does at once.
const ABREAST: usize = 2;

/// What the work needs and the workers cannot know by themselves.
#[derive(Clone)]
pub struct Means {
    /// The types of rows that can come from a file, by their names in the schema.
    pub intakes: HashMap<&'static str, Arc<dyn Intake>>,
    /// What is asked for the rows that go into a file.
    pub api: Arc<Api>,
}

/// Does jobs until the process is told to stop. What it has not finished by then it lets go of, and
/// another process goes on with it.
pub async fn run(app: App, means: Means) {
    let stopping = app.lifetime.stopping();
    tokio::pin!(stopping);
    let mut heads = changes::tap(&app);
    let mut tasks = JoinSet::new();
    let mut swept: Option<Instant> = None;
    loop {
        let turn = turn(&app, &means, &mut tasks, &mut swept).await;
        let pause = match turn {
            Ok(()) => POLL,
            Err(cause) => {
                tracing::warn!(?cause, "bulk jobs could not be looked for; trying again");
                PAUSE
            }
        };
        tokio::select! {
            () = &mut stopping => break,
            Ok(()) = heads.changed() => {}
            Some(_) = tasks.join_next() => {}
            () = sleep(pause) => {}
        }
    }
    while tasks.join_next().await.is_some() {}
}

/// Does one job, if any is to be done; tells whether there was one.
pub async fn round(app: &App, means: &Means) -> Result<bool> {
    retention::sweep(app).await?;
    let Some(job) = claim::next(app).await? else { return Ok(false) };
    attend::attend(app, means, job).await?;
    Ok(true)
}

async fn turn(
    app: &App,
    means: &Means,
    tasks: &mut JoinSet<()>,
    swept: &mut Option<Instant>,
) -> Result<()> {
    if swept.is_none_or(|swept| swept.elapsed() >= SWEEP) {
        retention::sweep(app).await?;
        *swept = Some(Instant::now());
    }
    while tasks.len() < ABREAST {
        let Some(job) = claim::next(app).await? else { break };
        let (app, means) = (app.clone(), means.clone());
        tasks.spawn(async move {
            let id = crate::typeid::encode(job.id);
            if let Err(cause) = attend::attend(&app, &means, job).await {
                // The claim runs out, and then it is tried again.
                tracing::warn!(job = %id, ?cause, "a bulk job broke off");
            }
        });
    }
    Ok(())
}
