//! Imports that are one transaction: those that are written as a whole or not at all, and those
//! that are taken back in any case.
//!
//! What became of each line is kept aside until it is known what of it stays. A worker that takes
//! such a job over begins anew, since nothing was written yet. On SQLite nobody else can write
//! meanwhile.

use entity::job::JobFailure;

use super::{
    attend::ours,
    import::Task,
    missing,
    result::{Sink, Spool},
    stop::Stop,
};
use crate::{
    auth::Caller,
    bulk::service::{
        lines::Mark,
        progress::Tally,
        state::{End, Failure, end},
    },
    error::{Error, Result},
    store::{Write, settled},
};

/// Does the whole import.
pub(super) async fn run(task: &Task<'_>) -> Result<(), Stop> {
    match settled(|| attempt(task)).await {
        Err(Error::LostRace) => {
            let message = "rows of the file contradict each other, or rows that others write \
                           meanwhile; REJECT_FAILED_ROWS tells which";
            Err(Failure::new(JobFailure::RowsRejected, message).into())
        }
        done => done?,
    }
}

async fn attempt(task: &Task<'_>) -> Result<Result<(), Stop>> {
    let caller = task.caller();
    let write = Write::begin(task.app, &caller).await?;
    let (mut tally, mut spool) = (Tally::default(), Spool::new()?);
    let end = match through(task, &write, &mut spool, &mut tally).await? {
        Ok(()) => refusal(task, &tally).map_or(End::Completed, End::Failed),
        Err(Stop::Failed(failure)) => End::Failed(failure),
        Err(stop) => return Ok(Err(stop)),
    };
    if end == End::Completed && !task.wanted.is_dry_run {
        return close(task, write, spool, tally, end).await;
    }
    write.tx.rollback().await?;
    let caller = Caller::house(task.app.clock.now());
    let write = Write::begin(task.app, &caller).await?;
    close(task, write, spool, tally, end).await
}

/// Every line, and then what none of them names.
async fn through(
    task: &Task<'_>,
    write: &Write<'_>,
    spool: &mut Spool,
    tally: &mut Tally,
) -> Result<Result<(), Stop>> {
    let mut source = match task.open(Mark::default()).await {
        Ok(source) => source,
        Err(stop) => return Ok(Err(stop)),
    };
    loop {
        let batch = source.batch().await?;
        if batch.is_empty() {
            break;
        }
        let page = task.land(write, &batch, source.header(), tally).await?;
        Sink::Aside(spool).add(&write.tx, task.job.id, &page, tally).await?;
        // Only the counts: work that is taken over begins anew.
        let counts = Tally { done_bytes: 0, done_lines: 0, rejected_bytes: 0, ..*tally };
        task.show.send_replace(counts);
    }
    match task.wanted.delete_missing {
        Some(share) if refusal(task, tally).is_none() => {
            missing::retire(task, write, share, &mut Sink::Aside(spool), tally).await
        }
        _ => Ok(Ok(())),
    }
}

/// Why nothing is written, when that is because of some rows.
fn refusal(task: &Task<'_>, tally: &Tally) -> Option<Failure> {
    let is_refused = task.wanted.is_all_or_nothing && tally.rejected > 0;
    is_refused.then(|| {
        let message = format!("{} rows were refused, so none was written", tally.rejected);
        Failure::new(JobFailure::RowsRejected, message)
    })
}

async fn close(
    task: &Task<'_>,
    write: Write<'_>,
    spool: Spool,
    mut tally: Tally,
    how: End,
) -> Result<Result<(), Stop>> {
    let Some(job) = ours(&write, task.job).await? else { return Ok(Err(Stop::Lost)) };
    let is_taken_back = how != End::Completed;
    spool.empty(&write.tx, job.id, &mut tally, is_taken_back).await?;
    if is_taken_back {
        let not_written = tally.processed - tally.rejected;
        tally = Tally { created: 0, updated: 0, unchanged: 0, retired: 0, not_written, ..tally };
    }
    end(&write, job, &how, Some(&tally)).await?;
    write.commit().await?;
    Ok(Ok(()))
}
