//! What a subscription follows: the log of changes, or one job.

use crate::{
    bulk,
    changes::{Cursor, subscription::Follower},
    error::Result,
    graphql::Run,
};

/// What is followed, and how far.
pub(super) enum Source {
    /// The log of changes.
    Changes(Follower),
    /// A job, until it has come to its end.
    Job(Box<bulk::subscription::Follower>),
}

impl Source {
    /// Begins with what the operation names, behind the last event that the client says it has.
    pub(super) async fn begin(run: &Run, last: Option<String>) -> Result<Self> {
        if run.stream_name()? == bulk::subscription::NAME {
            let follower = bulk::subscription::Follower::begin(run).await?;
            return Ok(Self::Job(Box::new(follower)));
        }
        Ok(Self::Changes(Follower::begin(run, last).await?))
    }

    /// Waits until there may be more.
    pub(super) async fn more(&mut self) {
        match self {
            Self::Changes(follower) => follower.more().await,
            Self::Job(follower) => follower.more().await,
        }
    }

    /// The reader has every change up to this place.
    pub(super) fn move_to(&mut self, place: Cursor) {
        if let Self::Changes(follower) = self {
            follower.move_to(place);
        }
    }

    /// Whether there will never be more.
    pub(super) fn is_over(&self) -> bool {
        match self {
            Self::Changes(_) => false,
            Self::Job(follower) => follower.is_over(),
        }
    }
}
