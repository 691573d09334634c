//! How long the process goes on: until it is told to stop, and then until its work is done.

use std::fmt;

use tokio::task::JoinHandle;
use tokio_util::{
    sync::{CancellationToken, WaitForCancellationFutureOwned},
    task::TaskTracker,
};

/// The life of one server, held by everything that must not be cut off when it ends.
///
/// Whatever outlives its connection, as a mutation whose client hung up, is started with
/// [`spawn`](Self::spawn) and gets to finish. Whatever would go on for ever, as a stream of
/// changes, waits for [`stopping`](Self::stopping) as well and says goodbye.
#[derive(Clone, Default)]
pub struct Lifetime {
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Lifetime {
    /// Starts work that the end of the process waits for.
    pub fn spawn<F>(&self, work: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tasks.spawn(work)
    }

    /// Says that nothing new is to begin; every stream ends.
    pub fn stop(&self) {
        self.stop.cancel();
    }

    /// Whether the process was told to stop.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stop.is_cancelled()
    }

    /// Completes when the process is told to stop; for streams to wait on beside their events.
    pub fn stopping(&self) -> WaitForCancellationFutureOwned {
        self.stop.clone().cancelled_owned()
    }

    /// Waits until all work is done.
    pub async fn finished(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}

impl fmt::Debug for Lifetime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Lifetime").field("is_stopping", &self.is_stopping()).finish()
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::Lifetime;

    #[tokio::test]
    async fn the_end_waits_for_work_and_streams_hear_of_it() {
        let lifetime = Lifetime::default();
        let (finish, finished) = oneshot::channel::<()>();
        let work = lifetime.spawn(finished);
        let stream = lifetime.spawn(lifetime.stopping());
        assert!(!lifetime.is_stopping());
        lifetime.stop();
        assert!(lifetime.is_stopping());
        stream.await.unwrap();
        let end = tokio::spawn(async move { lifetime.finished().await });
        tokio::task::yield_now().await;
        assert!(!end.is_finished());
        finish.send(()).unwrap();
        work.await.unwrap().unwrap();
        end.await.unwrap();
    }
}
