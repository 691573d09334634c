//! Following a job: where it stands, and then each step, until it has come to its end.

use std::time::Duration;

use async_graphql::{
    ID,
    registry::{MetaInputValue, Registry},
};
use entity::{
    id::JobId,
    job::{Entity, Model},
};
use tokio::{sync::watch, time::sleep};

use super::types::Job;
use crate::{
    app::App,
    auth::{Caller, Scope},
    changes,
    error::{Error, Result},
    graphql::{
        Executed, Run,
        input::id_of,
        object::{Arguments, Cx, EventRow, Graph, Loaded, Picked, declared},
    },
    store::{Visible, any_of, visible},
};

/// The name of the stream.
pub const NAME: &str = "jobProgress";

/// How soon a step of a job is seen, and how many are told in a second at most.
const POLL: Duration = Duration::from_millis(300);
/// How soon one is seen that waits, and of which nobody has told this process.
const SLOW: Duration = Duration::from_secs(2);

/// Declares the stream.
pub fn declare(graph: &mut Graph) {
    let subscription = graph.subscription();
    subscription
        .exactly_one::<Job, Which>(
            NAME,
            |parents, _| {
                let rows = parents.rows.iter().map(|row| row.get::<Model>().cloned()).collect();
                Box::pin(async move { Ok(Loaded::each(rows)) })
            },
            "A job of yours: first as it stands, then whenever it has gone on, a few times a \
             second at most, until it has come to its end and the stream with it.",
        )
        .needs(Scope::BulkManage);
}

struct Which(ID);

impl Arguments for Which {
    fn declare(registry: &mut Registry) -> Vec<MetaInputValue> {
        vec![declared::<ID>(registry, "id", "Which job.")]
    }

    fn read(cx: &Cx<'_>, picked: &Picked<'_>) -> Result<Self> {
        picked.argument(cx, "id").map(Self)
    }
}

/// One who follows a job.
#[derive(Debug)]
pub struct Follower {
    job: JobId,
    last: Option<Model>,
    head: watch::Receiver<i64>,
}

impl Follower {
    /// Begins with the job that the operation names.
    pub async fn begin(run: &Run) -> Result<Self> {
        let Which(id) = run.stream_arguments()?;
        let app: &App = run.data()?;
        let follower = Self { job: id_of("id", &id)?, last: None, head: changes::tap(app) };
        follower.look(run).await?;
        Ok(follower)
    }

    /// Waits until there may be more.
    pub async fn more(&mut self) {
        let is_running = self.last.as_ref().is_none_or(|job| job.started_at.is_some());
        let pause = if is_running { POLL } else { SLOW };
        tokio::select! {
            Ok(()) = self.head.changed() => sleep(POLL).await,
            () = sleep(pause) => {}
        }
    }

    /// The job, when it has gone on since the last time.
    pub async fn read(&mut self, run: &Run) -> Result<Option<Executed>> {
        let job = self.look(run).await?;
        if self.last.as_ref().is_some_and(|last| is_same(last, &job)) {
            return Ok(None);
        }
        self.last = Some(job.clone());
        Ok(run.answer_events(&[EventRow::new(job)]).await?.pop())
    }

    /// Whether the job has come to its end, and its follower knows.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.last.as_ref().is_some_and(|job| job.state.is_over())
    }

    async fn look(&self, run: &Run) -> Result<Model> {
        let (app, caller): (&App, &Caller) = (run.data()?, run.data()?);
        let reader = app.db.read_after(true);
        let of_id = any_of(reader.backend, Entity::id_column(), &[self.job.0]);
        let job = reader.all(visible::<Entity>(caller), of_id).await?.pop();
        job.ok_or(Error::NotFound(Entity::NOUN))
    }
}

/// Whether nothing that is shown differs: the claim is renewed while a job stands still.
fn is_same(one: &Model, other: &Model) -> bool {
    let shown = |job: &Model| Model { claimed_by: None, claimed_until: None, ..job.clone() };
    shown(one) == shown(other)
}
