//! An import: the rows of a file go, a few hundred at a time, the way of the type's `…BulkUpsert`.
//!
//! Each batch is a transaction that also says how far the file is done, so that whoever takes the
//! job over does no batch again and leaves none out.

use entity::job::{JobFailure, Model};
use serde_json::Value as Json;
use tokio::sync::watch;

use super::{
    Means,
    attend::{ours, require},
    missing,
    result::{Page, Sink},
    source::{Entry, Source},
    stop::Stop,
    told::{Told, told},
    whole,
};
use crate::{
    app::App,
    auth::Caller,
    bulk::service::{
        lines::Mark,
        progress::{Hold, Tally, advance},
        request::Import,
        state::{End, Failure, end},
    },
    error::{Error, Problem, ProblemCode, Result},
    store::{Intake, Landed, Outcome, Write, settled},
};

/// An import with everything that its steps need.
pub(super) struct Task<'a> {
    pub app: &'a App,
    pub job: &'a Model,
    pub caller: Caller,
    pub wanted: &'a Import,
    pub intake: &'a dyn Intake,
    /// Where progress is shown that is not committed yet.
    pub show: &'a watch::Sender<Tally>,
}

/// Does the import from where it stands to its end.
pub(super) async fn run(
    app: &App,
    means: &Means,
    job: &Model,
    caller: Caller,
    wanted: &Import,
    show: &watch::Sender<Tally>,
) -> Result<(), Stop> {
    let Some(intake) = means.intakes.get(wanted.rows.as_str()) else {
        let message = "rows of this type can no longer be imported";
        return Err(Failure::new(JobFailure::InvalidRequest, message).into());
    };
    require(&caller, intake.scope())?;
    intake.keys(&caller, wanted.home.as_deref()).map_err(Stop::invalid)?;
    let task = Task { app, job, caller, wanted, intake: intake.as_ref(), show };
    if wanted.is_whole() { whole::run(&task).await } else { task.steps().await }
}

impl Task<'_> {
    /// The client, in this moment.
    pub fn caller(&self) -> Caller {
        Caller { now: self.app.clock.now(), ..self.caller.clone() }
    }

    /// The file from this mark on.
    pub async fn open(&self, from: Mark) -> Result<Source, Stop> {
        Source::open(self.app, self.job, self.wanted, self.intake, from).await
    }

    async fn steps(&self) -> Result<(), Stop> {
        let mut tally = Tally::of(self.job);
        let done = [tally.done_bytes, tally.done_lines].map(i64::unsigned_abs);
        let mut source = self.open(Mark { bytes: done[0], lines: done[1] }).await?;
        loop {
            let batch = source.batch().await?;
            if batch.is_empty() {
                return self.close(tally).await;
            }
            tally = self.batch(&batch, source.header(), tally).await?;
        }
    }

    /// Writes a batch. When it contradicts itself, or what others write, it is halved until the
    /// row is found that does, and that row is refused.
    async fn batch(&self, batch: &[Entry], header: &[u8], mut tally: Tally) -> Result<Tally, Stop> {
        let mut parts = vec![batch];
        while let Some(part) = parts.pop() {
            tally = match self.step(part, header, tally).await {
                Err(Stop::Broken(Error::LostRace)) => match part {
                    [only] => self.step(&[contradicting(only)], header, tally).await?,
                    part => {
                        let (first, second) = part.split_at(part.len() / 2);
                        parts.extend([second, first]);
                        tally
                    }
                },
                step => step?,
            };
        }
        Ok(tally)
    }

    async fn step(&self, batch: &[Entry], header: &[u8], before: Tally) -> Result<Tally, Stop> {
        let step = settled(|| async {
            let caller = self.caller();
            let write = Write::begin(self.app, &caller).await?;
            let mut tally = before;
            let page = self.land(&write, batch, header, &mut tally).await?;
            Sink::Files.add(&write.tx, self.job.id, &page, &mut tally).await?;
            let hold = advance(&write.tx, self.job, &tally, write.now).await?;
            if hold == Hold::Ours {
                write.commit().await?;
            }
            Ok((hold, tally))
        });
        match step.await? {
            (Hold::Ours, tally) => Ok(tally),
            (Hold::Canceled, _) => Err(Stop::Canceled),
            (Hold::Lost, _) => Err(Stop::Lost),
        }
    }

    /// Writes the rows of a batch, counts what became of them, and tells it.
    pub async fn land(
        &self,
        write: &Write<'_>,
        batch: &[Entry],
        header: &[u8],
        tally: &mut Tally,
    ) -> Result<Page> {
        let rows: Vec<Json> =
            batch.iter().filter_map(|entry| entry.row.as_ref().ok().cloned()).collect();
        let landed = self.intake.write(write, self.wanted.home.as_deref(), rows).await?;
        let mut landed = landed.into_iter();
        let mut page = Page::default();
        for entry in batch {
            let landed = match &entry.row {
                Ok(_) => landed.next(),
                Err(problem) => Some(refused(problem.clone())),
            };
            let landed = landed.ok_or_else(|| Error::internal("a row was lost"))?;
            tally.count(landed.outcome);
            if let (Outcome::Rejected, Some(bytes)) = (landed.outcome, &entry.bytes) {
                page.reject(header, tally.rejected_bytes == 0, bytes);
            }
            let is_dry_run = self.wanted.is_dry_run;
            page.result.extend(told(Told { line: Some(entry.line), landed: &landed, is_dry_run }));
        }
        if let Some(last) = batch.last() {
            tally.done_bytes = i64::try_from(last.mark.bytes).map_err(Error::internal)?;
            tally.done_lines = i64::try_from(last.mark.lines).map_err(Error::internal)?;
        }
        Ok(page)
    }

    /// Ends a job of which every line is done.
    async fn close(&self, before: Tally) -> Result<(), Stop> {
        let closed = settled(|| async {
            let caller = self.caller();
            let write = Write::begin(self.app, &caller).await?;
            let mut tally = before;
            if let Some(share) = self.wanted.delete_missing {
                let retired =
                    missing::retire(self, &write, share, &mut Sink::Files, &mut tally).await?;
                if let Err(stop) = retired {
                    return Ok(Err(stop));
                }
            }
            let Some(job) = ours(&write, self.job).await? else { return Ok(Err(Stop::Lost)) };
            end(&write, job, &End::Completed, Some(&tally)).await?;
            write.commit().await?;
            Ok(Ok(()))
        });
        closed.await?
    }
}

fn refused(problem: Problem) -> Landed {
    Landed { outcome: Outcome::Rejected, id: None, problems: vec![problem] }
}

/// The row that cannot be written however often it is tried.
fn contradicting(entry: &Entry) -> Entry {
    let message = "the row contradicts another one that is there already";
    let problem = Problem::field(ProblemCode::AlreadyExists, "", message);
    Entry { row: Err(problem), ..entry.clone() }
}
