//! Attending one job: for its client as that stands now, and only as long as the claim holds.

use std::time::Duration;

use chrono::TimeDelta;
use entity::{
    api_client::ApiClientState,
    job::{Entity, JobFailure, JobState, Model},
};
use tokio::{
    sync::watch,
    time::{Instant, interval_at},
};

use super::{Means, import, stop::Stop};
use crate::{
    app::App,
    auth::{Caller, Scope, Scopes, client},
    bulk::{
        export,
        service::{
            Request, claim,
            progress::{Hold, Tally, advance},
            state::{End, Failure, end},
        },
    },
    error::Result,
    store::{Backend, Write},
    typeid,
};

/// How often a claim is renewed.
const RENEW: Duration = Duration::from_secs(15);
/// How long a job is tried that breaks off by a fault of ours.
const TRIED: TimeDelta = TimeDelta::hours(1);
/// How often the progress of what is one transaction is shown.
const SHOW: Duration = Duration::from_millis(500);

/// Does a claimed job as far as it goes.
pub(super) async fn attend(app: &App, means: &Means, job: Model) -> Result<()> {
    if job.is_cancel_requested {
        return finish(app, &job, &End::Canceled).await;
    }
    let (show, shown) = watch::channel(Tally::of(&job));
    let stop = tokio::select! {
        // Whatever was not committed is taken back when the work is dropped.
        stop = keep(app, &job, shown) => stop,
        done = work(app, means, &job, &show) => match done {
            Ok(()) => return Ok(()),
            Err(stop) => stop,
        },
    };
    match stop {
        Stop::Failed(failure) => finish(app, &job, &End::Failed(failure)).await,
        Stop::Canceled => finish(app, &job, &End::Canceled).await,
        Stop::Stopping => claim::release(app, &job).await,
        Stop::Lost => Ok(()),
        Stop::Broken(error) if is_hopeless(app, &job) => {
            tracing::error!(job = %typeid::encode(job.id), cause = ?error, "a bulk job was given up");
            let message = "a fault of ours keeps the job from being done; it was tried for an hour";
            finish(app, &job, &End::Failed(Failure::new(JobFailure::Internal, message))).await
        }
        Stop::Broken(error) => Err(error),
    }
}

/// Whether a fault has come again and again.
fn is_hopeless(app: &App, job: &Model) -> bool {
    job.started_at.is_some_and(|began| app.clock.now() - began >= TRIED)
}

async fn work(
    app: &App,
    means: &Means,
    job: &Model,
    show: &watch::Sender<Tally>,
) -> Result<(), Stop> {
    let caller = caller(app, job).await?;
    match Request::of(job)? {
        Request::Import(wanted) => import::run(app, means, job, caller, &wanted, show).await,
        Request::Export(wanted) => Ok(export::work(app, &means.api, &caller, job, &wanted).await?),
    }
}

/// The client of the job as it stands now, with what its token could do when it asked.
async fn caller(app: &App, job: &Model) -> Result<Caller, Stop> {
    let found = client::find(app, &typeid::encode(job.client_id)).await?;
    let Some(client) = found.filter(|client| client.state == ApiClientState::Active) else {
        let message = "the client that asked for the job was revoked";
        return Err(Failure::new(JobFailure::ClientRevoked, message).into());
    };
    let asked: Scopes = job.scopes.split(' ').filter_map(Scope::parse).collect();
    let caller = Caller {
        client: client.id,
        tenant: client.tenant,
        scopes: client.scopes.and(asked),
        now: app.clock.now(),
        request: Some(typeid::encode(job.id).into()),
        once: None,
    };
    require(&caller, Scope::BulkManage)?;
    Ok(caller)
}

/// Fails the job when its client lacks a scope.
pub(super) fn require(caller: &Caller, scope: Scope) -> Result<(), Failure> {
    if caller.scopes.contains(scope) {
        return Ok(());
    }
    let message = format!("the client no longer holds the scope `{}`", scope.name());
    Err(Failure::new(JobFailure::ScopeMissing, message))
}

/// Keeps the claim, shows progress that is not committed yet, and says when there is a reason to
/// stop.
async fn keep(app: &App, job: &Model, mut shown: watch::Receiver<Tally>) -> Stop {
    let stopping = app.lifetime.stopping();
    tokio::pin!(stopping);
    let mut renewal = interval_at(Instant::now() + RENEW, RENEW);
    loop {
        let hold = tokio::select! {
            () = &mut stopping => return Stop::Stopping,
            _ = renewal.tick() => match caller(app, job).await {
                Err(stop @ Stop::Failed(_)) => return stop,
                _ => claim::renew(app, job).await,
            },
            Ok(()) = shown.changed() => {
                let tally = *shown.borrow_and_update();
                let hold = show_now(app, job, &tally).await;
                tokio::time::sleep(SHOW).await;
                hold
            }
        };
        match hold {
            Ok(Hold::Ours) => {}
            Ok(Hold::Canceled) => return Stop::Canceled,
            Ok(Hold::Lost) => return Stop::Lost,
            // Until the claim runs out there is time to try again.
            Err(cause) => tracing::warn!(?cause, "the claim of a bulk job could not be renewed"),
        }
    }
}

/// On SQLite the transaction that is under way is the only writer: its progress shows at its end.
async fn show_now(app: &App, job: &Model, tally: &Tally) -> Result<Hold> {
    match app.db.backend() {
        Backend::Postgres => advance(app.db.writer(), job, tally, app.clock.now()).await,
        Backend::Sqlite => Ok(Hold::Ours),
    }
}

/// Ends a job that could not be done, with the counts of what stays of it.
async fn finish(app: &App, job: &Model, how: &End) -> Result<()> {
    let nothing = Tally::default();
    let tally = match Request::of(job)? {
        Request::Import(wanted) if wanted.is_whole() => Some(&nothing),
        _ => None,
    };
    let caller = Caller::house(app.clock.now());
    let write = Write::begin(app, &caller).await?;
    if let Some(row) = ours(&write, job).await? {
        end(&write, row, how, tally).await?;
        write.commit().await?;
    }
    Ok(())
}

/// The job as it stands now, locked; nothing when it is no longer claimed by us.
pub(super) async fn ours(write: &Write<'_>, job: &Model) -> Result<Option<Model>> {
    let row = write.load::<Entity>(job.id).await?;
    let is_ours = row.state == JobState::Running && row.claimed_by == job.claimed_by;
    Ok(is_ours.then_some(row))
}
