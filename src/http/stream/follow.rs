//! A subscription while it goes on.
//!
//! A page is read when there is more and the reader has room for it. A reader who takes nothing
//! for a while holds up its own stream and nobody else: the page is put away, and what has become
//! of it is read anew when the reader moves again.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use super::{
    identity::Identity,
    limit::Slot,
    outlet::{Gone, Offered, Outgoing, Outlet},
    source::Source,
};
use crate::{
    changes::subscription::Event,
    error::{Code, Error, Result},
    graphql::{Executed, Run},
    http::graphql::{Answer, Gateway},
    telemetry::{
        field,
        metrics::{self, Transport},
    },
};

/// A reader who takes nothing for so long stands still.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long to wait after a fault of ours.
const PAUSE: Duration = Duration::from_secs(1);

/// A subscription with everything that it needs.
pub(super) struct Following {
    pub(super) gateway: Gateway,
    pub(super) identity: Arc<Identity>,
    pub(super) run: Run,
    pub(super) source: Source,
    pub(super) tally: Tally,
}

/// Why a subscription does not go on.
pub(super) enum End {
    /// There will never be more.
    Complete,
    /// The server stops.
    Stopping,
    /// Nobody listens any more.
    Gone,
    /// It cannot go on: the token has ended, or the place in the log is kept no longer.
    Failed(Error),
}

impl From<Gone> for End {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Following {
    /// Sends events until there is a reason not to.
    pub(super) async fn follow(mut self, outlet: &Outlet) -> End {
        let stopping = self.gateway.app().lifetime.stopping();
        tokio::select! {
            () = stopping => End::Stopping,
            () = outlet.gone() => End::Gone,
            end = self.walk(outlet) => end,
        }
    }

    async fn walk(&mut self, outlet: &Outlet) -> End {
        loop {
            match self.page(outlet).await {
                Ok(()) => {}
                Err(End::Failed(error)) if is_passing(&error) => {
                    tracing::warn!(cause = ?error, "a stream waits for the database");
                    sleep(PAUSE).await;
                }
                Err(end) => return end,
            }
            if self.source.is_over() {
                return End::Complete;
            }
            self.source.more().await;
        }
    }

    async fn page(&mut self, outlet: &Outlet) -> Result<(), End> {
        self.run.renew(self.identity.caller().await?);
        match &mut self.source {
            Source::Changes(_) => self.changes(outlet).await,
            Source::Job(follower) => {
                let Some(step) = follower.read(&self.run).await? else { return Ok(()) };
                let body = self.body(step)?;
                // Steps that go by while nobody takes this one are not told.
                outlet.send(Outgoing::Next { body, cursor: None }).await?;
                self.tally.sent();
                Ok(())
            }
        }
    }

    async fn changes(&mut self, outlet: &Outlet) -> Result<(), End> {
        let Source::Changes(follower) = &mut self.source else { return Ok(()) };
        let events = follower.read(&self.run).await?;
        for event in events.list {
            let place = event.place;
            match outlet.offer(self.outgoing(event)?, PATIENCE).await {
                Offered::Taken => self.tally.sent(),
                Offered::Stalled => return self.wait(outlet).await,
                Offered::Gone => return Err(End::Gone),
            }
            self.source.move_to(place);
        }
        self.source.move_to(events.next);
        Ok(())
    }

    /// Waits for a reader who stands still, and tells it what it has to pull if that is much.
    async fn wait(&mut self, outlet: &Outlet) -> Result<(), End> {
        outlet.ready().await?;
        self.run.renew(self.identity.caller().await?);
        let Source::Changes(follower) = &mut self.source else { return Ok(()) };
        if !follower.is_far_behind() {
            return Ok(());
        }
        if let Some(gap) = follower.skip(&self.run).await? {
            outlet.send(self.outgoing(gap)?).await?;
            self.tally.sent();
        }
        Ok(())
    }

    fn outgoing(&self, event: Event) -> Result<Outgoing> {
        Ok(Outgoing::Next { body: self.body(event.answer)?, cursor: Some(event.cursor) })
    }

    fn body(&self, answer: Executed) -> Result<String> {
        Answer::event(answer).into_json(self.gateway.public_url(), &self.identity.id)
    }
}

/// Whether it is a fault of ours that may be over in a moment.
fn is_passing(error: &Error) -> bool {
    matches!(error.code(), Code::Internal | Code::Unavailable | Code::Timeout)
}

/// What is known of an open stream; told when it ends, however it does.
pub(super) struct Tally {
    transport: Transport,
    events: u64,
    since: Instant,
    _slot: Slot,
}

impl Tally {
    /// A stream that begins.
    pub(super) fn of(transport: Transport, slot: Slot) -> Self {
        metrics::stream_opened(transport);
        Self { transport, events: 0, since: Instant::now(), _slot: slot }
    }

    fn sent(&mut self) {
        self.events += 1;
        metrics::event_sent(self.transport);
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        metrics::stream_closed(self.transport);
        tracing::info!(
            { field::TRANSPORT } = self.transport.label(),
            { field::EVENTS } = self.events,
            { field::MS } = self.since.elapsed().as_secs_f64() * 1000.0,
            "stream ended"
        );
    }
}
