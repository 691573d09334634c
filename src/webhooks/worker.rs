//! The task that makes deliveries of changes and posts them, on every replica at once.
//!
//! It wakes when the log of changes has grown, on whichever replica, and looks by itself every
//! second for what has become due. Endpoints are attended side by side, so that one that stalls
//! keeps none of the others waiting.

mod attend;
mod post;

use std::{collections::HashSet, time::Duration};

use entity::{id::WebhookEndpointId, webhook_endpoint};
use futures_util::future::join_all;
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

pub use post::{Letter, Post};

use super::{
    service::{claim, retention},
    target::{Guard, Reach, SystemLookup},
};
use crate::{app::App, changes, error::Result, telemetry::metrics};

/// How long a delivery that becomes due waits at most before it is looked for.
const POLL: Duration = Duration::from_secs(1);
/// How long to wait after a failure of ours.
const PAUSE: Duration = Duration::from_secs(5);
/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often the oldest waiting delivery is looked for.
const MEASURE: Duration = Duration::from_secs(15);
/// How often old deliveries are forgotten.
const FORGET: Duration = Duration::from_hours(1);
/// Endpoints that are attended at once.
const MOST_ATTENDED: usize = 64;

/// Serves the endpoints, by a client of its own, until the process is told to stop.
pub async fn run(app: App) {
    let reach = Reach::of(&app.config);
    match Post::new(Guard::new(SystemLookup, reach), PATIENCE) {
        Ok(post) => run_with(app, post).await,
        Err(cause) => tracing::error!(%cause, "no HTTP client: webhooks are not delivered"),
    }
}

/// Serves the endpoints by this client until the process is told to stop.
pub async fn run_with(app: App, post: Post) {
    let mut worker = Worker::new(app, post);
    let stopping = worker.app.lifetime.stopping();
    tokio::pin!(stopping);
    let mut heads = changes::tap(&worker.app);
    loop {
        let pause = match worker.turn().await {
            Ok(()) => POLL,
            Err(cause) => {
                tracing::warn!(?cause, "webhooks could not be looked after; trying again");
                PAUSE
            }
        };
        tokio::select! {
            () = &mut stopping => break,
            Ok(()) = heads.changed() => {}
            () = worker.one_done() => {}
            () = sleep(pause) => {}
        }
    }
    // What is under way gets its answer written down; claims of the rest are let go by time.
    worker.finish().await;
}

/// Attends every endpoint until there is nothing due at any; tells how many attempts that took.
pub async fn round(app: &App, post: &Post) -> Result<u64> {
    let busy = claim::busy(app).await?;
    let all = join_all(busy.iter().map(|endpoint| attend::attend(app, post, endpoint.id))).await;
    all.into_iter().sum()
}

/// The endpoints that this process attends right now.
struct Worker {
    app: App,
    post: Post,
    attended: HashSet<WebhookEndpointId>,
    tasks: JoinSet<WebhookEndpointId>,
    measure_at: Instant,
    forget_at: Instant,
}

impl Worker {
    fn new(app: App, post: Post) -> Self {
        let now = Instant::now();
        let (attended, tasks) = (HashSet::new(), JoinSet::new());
        Self { app, post, attended, tasks, measure_at: now, forget_at: now }
    }

    /// Looks for endpoints that have something to do and attends them.
    async fn turn(&mut self) -> Result<()> {
        self.keep_up().await?;
        for endpoint in claim::busy(&self.app).await? {
            if self.tasks.len() >= MOST_ATTENDED {
                break;
            }
            self.attend(&endpoint);
        }
        Ok(())
    }

    fn attend(&mut self, endpoint: &webhook_endpoint::Model) {
        let id = endpoint.id;
        if !self.attended.insert(id) {
            return;
        }
        let (app, post) = (self.app.clone(), self.post.clone());
        self.tasks.spawn(async move {
            if let Err(cause) = attend::attend(&app, &post, id).await {
                let endpoint = crate::typeid::encode(id);
                tracing::warn!(%endpoint, ?cause, "a webhook endpoint could not be attended");
                sleep(PAUSE).await;
            }
            id
        });
    }

    async fn keep_up(&mut self) -> Result<()> {
        let now = Instant::now();
        if now >= self.measure_at {
            metrics::webhooks_waiting(retention::oldest(&self.app).await?);
            self.measure_at = now + MEASURE;
        }
        if now >= self.forget_at {
            retention::forget(&self.app).await?;
            self.forget_at = now + FORGET;
        }
        Ok(())
    }

    /// Completes when an endpoint has nothing more to do; never when none is attended.
    async fn one_done(&mut self) {
        match self.tasks.join_next().await {
            Some(Ok(id)) => drop(self.attended.remove(&id)),
            // A task that broke off does not say whose it was: all are looked at anew.
            Some(Err(_)) => self.attended.clear(),
            None => std::future::pending().await,
        }
    }

    async fn finish(&mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}
