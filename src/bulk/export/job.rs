//! An export as a job: the file that it fills, and why it may not come to its end.

use std::time::Duration;

use entity::job::{Entity, JobFailure, JobState, Model};
use sea_orm::{ConnectionTrait, Value};
use tokio::time::Instant;

use super::{Begun, Made, Sink, run};
use crate::{
    app::App,
    auth::Caller,
    bulk::{
        file::{self, Part},
        service::{
            progress::{Hold, Tally, advance},
            request,
            state::{self, Failure},
        },
    },
    error::{Error, Result},
    graphql::Api,
    store::{Write, statement},
};

/// How often an export is begun before it is given up: what broke off this often would do so again.
pub const MOST_ATTEMPTS: i32 = 3;

/// How long progress is not written down while there is nothing to write.
const SILENCE: Duration = Duration::from_secs(1);

/// What an earlier attempt had counted is forgotten.
const BEGIN: &str = "UPDATE job SET attempts = attempts + 1, processed = 0, total = NULL, \
     result_bytes = NULL WHERE id = $1 AND claimed_by = $2 AND state = 'RUNNING' \
     RETURNING attempts";

const COUNTED: &str =
    "UPDATE job SET total = $1 WHERE id = $2 AND claimed_by = $3 AND state = 'RUNNING'";

/// Why an export does not come to its end.
#[derive(Debug)]
pub enum Halt {
    /// It cannot be done.
    Failed(Failure),
    /// It is no longer wanted, or somebody else's.
    Hold(Hold),
    /// It broke off, and may succeed if it is begun anew.
    Broken(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Broken(error)
    }
}

/// Does a claimed export for its client, with what that may do now.
pub async fn work(
    app: &App,
    api: &Api,
    caller: &Caller,
    job: &Model,
    wanted: &request::Export,
) -> Result<(), Halt> {
    if begin(app, job).await? > MOST_ATTEMPTS {
        let message = "the work at it broke off too often; ask for it again";
        return Err(Halt::Failed(Failure::new(JobFailure::Internal, message)));
    }
    let mut file =
        File { app, job, tally: Tally::default(), told: Instant::now(), hold: Hold::Ours };
    match run(app, api, caller, wanted, &mut file).await {
        Ok(made) => complete(app, job, &file.tally, made).await,
        Err(_) if file.hold != Hold::Ours => Err(Halt::Hold(file.hold)),
        Err(error) => Err(halt(error)),
    }
}

/// What the client is told of an error that would come again; nothing of a fault of ours, which may
/// not.
fn halt(error: Error) -> Halt {
    let (code, message) = match &error {
        Error::Forbidden { .. } => (JobFailure::ScopeMissing, error.to_string()),
        Error::Argument { message, .. } => (JobFailure::InvalidRequest, message.clone()),
        Error::Invalid(problems) => {
            let messages = problems.iter().map(|problem| problem.message.as_str());
            (JobFailure::InvalidRequest, messages.collect::<Vec<_>>().join("; "))
        }
        _ => return Halt::Broken(error),
    };
    Halt::Failed(Failure::new(code, message))
}

/// Begins with an empty file; tells how often that was done by now.
async fn begin(app: &App, job: &Model) -> Result<i32, Halt> {
    let tx = app.db.begin().await.map_err(Error::from)?;
    let values: [Value; 2] = [job.id.0.into(), job.claimed_by.into()];
    let begun = tx.query_one_raw(statement(app.db.backend(), BEGIN, values)).await;
    let begun = begun.map_err(Error::from)?.ok_or(Halt::Hold(Hold::Lost))?;
    file::forget(&tx, job.id, Part::Result).await?;
    tx.commit().await.map_err(Error::from)?;
    Ok(begun.try_get("", "attempts").map_err(Error::from)?)
}

async fn complete(app: &App, job: &Model, tally: &Tally, made: Made) -> Result<(), Halt> {
    let caller = Caller::house(app.clock.now());
    let write = Write::begin(app, &caller).await?;
    let row = write.load::<Entity>(job.id).await?;
    if row.state != JobState::Running || row.claimed_by != job.claimed_by {
        return Err(Halt::Hold(Hold::Lost));
    }
    let made = state::Export { sha256: made.sha256, change_cursor: made.cursor };
    state::complete_export(&write, row, tally, made).await?;
    Ok(write.commit().await?)
}

/// The file of a job, and how far it has come.
struct File<'a> {
    app: &'a App,
    job: &'a Model,
    tally: Tally,
    /// When it was last written down how far it has come.
    told: Instant,
    /// Whose the job was then.
    hold: Hold,
}

impl Sink for File<'_> {
    async fn begin(&mut self, begun: &Begun) -> Result<()> {
        let total = i64::try_from(begun.total).map_err(Error::internal)?;
        let values: [Value; 3] = [total.into(), self.job.id.0.into(), self.job.claimed_by.into()];
        let counted = statement(self.app.db.backend(), COUNTED, values);
        self.app.db.writer().execute_raw(counted).await?;
        Ok(())
    }

    async fn put(&mut self, bytes: Vec<u8>, nodes: u64) -> Result<()> {
        self.tally.processed = i64::try_from(nodes).map_err(Error::internal)?;
        if bytes.is_empty() && self.told.elapsed() < SILENCE {
            return Ok(());
        }
        let start = u64::try_from(self.tally.result_bytes).map_err(Error::internal)?;
        let tx = self.app.db.begin().await?;
        let length = file::append(&tx, self.job.id, Part::Result, start, &bytes).await?;
        self.tally.result_bytes = i64::try_from(length).map_err(Error::internal)?;
        self.hold = advance(&tx, self.job, &self.tally, self.app.clock.now()).await?;
        if self.hold != Hold::Ours {
            return Err(Error::internal("the export is no longer ours to write"));
        }
        tx.commit().await?;
        self.told = Instant::now();
        Ok(())
    }
}
