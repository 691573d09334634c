//! Who is woken when rows were committed, and when changes got their numbers.

use tokio::sync::{Notify, watch};

/// The bells of one process.
#[derive(Debug)]
pub struct Wake {
    committed: Notify,
    head: watch::Sender<i64>,
}

impl Default for Wake {
    fn default() -> Self {
        Self { committed: Notify::new(), head: watch::Sender::new(0) }
    }
}

impl Wake {
    /// Rings when a transaction of this process has left changes to be numbered.
    pub fn ring(&self) {
        self.committed.notify_one();
    }

    /// Completes at the next ring, or at once when it rang since the last time.
    pub async fn rung(&self) {
        self.committed.notified().await;
    }

    /// The log has grown up to this number, here or in another process.
    pub fn grown_to(&self, head: i64) {
        self.head.send_if_modified(|known| {
            let has_grown = head > *known;
            *known = head.max(*known);
            has_grown
        });
    }

    /// The number of the last change that this process has heard of, now and whenever it grows.
    #[must_use]
    pub fn heads(&self) -> watch::Receiver<i64> {
        self.head.subscribe()
    }
}
