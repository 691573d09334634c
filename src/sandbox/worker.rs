//! The task that fills sandboxes, throws them away, and looks for those that nobody uses, on every
//! replica at once, one sandbox at a time in each.

use std::time::Duration;

use entity::sandbox::SandboxState;
use tokio::time::{Instant, sleep};

use super::service::{
    claim::{self, Claim},
    end::end,
    idle,
    prepare::prepare,
};
use crate::{app::App, error::Result};

/// How long a sandbox waits at most before somebody looks at it.
const POLL: Duration = Duration::from_secs(1);
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(5);
/// How often those are looked for that nobody uses.
const SWEEP: Duration = Duration::from_hours(1);

/// Looks after sandboxes until the process is told to stop.
pub async fn run(app: App) {
    let stopping = app.lifetime.stopping();
    tokio::pin!(stopping);
    let mut sweep_at = Instant::now();
    loop {
        let pause = match turn(&app, &mut sweep_at).await {
            Ok(()) => POLL,
            Err(cause) => {
                tracing::warn!(?cause, "sandboxes could not be looked after; trying again");
                PAUSE
            }
        };
        tokio::select! {
            () = &mut stopping => break,
            () = sleep(pause) => {}
        }
    }
}

async fn turn(app: &App, sweep_at: &mut Instant) -> Result<()> {
    if Instant::now() >= *sweep_at {
        idle::sweep(app).await?;
        *sweep_at = Instant::now() + SWEEP;
    }
    round(app).await.map(drop)
}

/// Works on every sandbox that waits for it; tells how many those were.
pub async fn round(app: &App) -> Result<u64> {
    let mut attended = 0;
    while !app.lifetime.is_stopping() {
        let Some(claim) = claim::next(app).await? else { break };
        attend(app, &claim).await?;
        attended += 1;
    }
    Ok(attended)
}

/// Works on a sandbox for as long as it is ours. What fails is tried again when the claim has run
/// out; what the end of the process interrupts, another one begins anew at once.
async fn attend(app: &App, claim: &Claim) -> Result<()> {
    let work = async {
        match claim.row.state {
            SandboxState::Preparing => prepare(app, claim).await,
            SandboxState::Deleting => end(app, claim).await,
            SandboxState::Ready => Ok(()),
        }
    };
    let is_through = tokio::select! {
        done = work => {
            done?;
            // Whoever throws one away says itself when to look at it again.
            claim.row.state == SandboxState::Deleting
        }
        lost = claim.hold(app) => {
            lost?;
            false
        }
        () = app.lifetime.stopping() => false,
    };
    if is_through { Ok(()) } else { claim.release(app).await }
}
