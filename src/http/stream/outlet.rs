//! From an operation to the connection that carries its answers.

use std::{sync::Arc, time::Duration};

use tokio::sync::mpsc::{self, error::SendTimeoutError};

use crate::{error::Error, http::graphql::Failure};

/// Answers that wait for the connection: few, so that none is old when it leaves.
const WAITING: usize = 8;

/// What goes out.
pub(super) enum Outgoing {
    /// One answer, and the cursor with which a follower comes back.
    Next { body: String, cursor: Option<String> },
    /// The operation was refused, or it broke off.
    Error(Failure),
    /// There are no more answers.
    Complete,
    /// The token is no longer good.
    Ended(Error),
}

/// Which operation of a connection it is: its name with the client, and a number of ours, because
/// names are used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Address {
    pub(super) name: Arc<str>,
    pub(super) number: u64,
}

/// Where an operation sends its answers.
#[derive(Clone)]
pub(super) struct Outlet {
    sender: mpsc::Sender<(Address, Outgoing)>,
    from: Address,
}

/// Where a connection gets the answers of its operations.
pub(super) type Inlet = mpsc::Receiver<(Address, Outgoing)>;

/// Nobody listens any more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gone;

/// What became of an answer that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offered {
    Taken,
    /// The connection has taken nothing for a while.
    Stalled,
    Gone,
}

/// A connection with nothing to send yet.
pub(super) fn channel() -> (Outlet, Inlet) {
    let (sender, inlet) = mpsc::channel(WAITING);
    (Outlet { sender, from: Address::default() }, inlet)
}

impl Outlet {
    /// The same connection for another operation.
    pub(super) fn of(&self, from: Address) -> Self {
        Self { from, ..self.clone() }
    }

    /// Sends as soon as there is room.
    pub(super) async fn send(&self, what: Outgoing) -> Result<(), Gone> {
        self.sender.send((self.from.clone(), what)).await.map_err(|_| Gone)
    }

    /// Sends if there is room before long.
    pub(super) async fn offer(&self, what: Outgoing, patience: Duration) -> Offered {
        match self.sender.send_timeout((self.from.clone(), what), patience).await {
            Ok(()) => Offered::Taken,
            Err(SendTimeoutError::Timeout(_)) => Offered::Stalled,
            Err(SendTimeoutError::Closed(_)) => Offered::Gone,
        }
    }

    /// Waits until there is room.
    pub(super) async fn ready(&self) -> Result<(), Gone> {
        self.sender.reserve().await.map(drop).map_err(|_| Gone)
    }

    /// Completes when nobody listens any more.
    pub(super) async fn gone(&self) {
        self.sender.closed().await;
    }
}
