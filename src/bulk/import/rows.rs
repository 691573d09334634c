//! The rows of a file, a batch at a time, while the file is still being read.
//!
//! Files are read by blocking calls on a thread of their own; a short channel between the two
//! keeps the reader from running ahead, so that memory stays flat however large the file.

use std::{mem, ops::ControlFlow, sync::Arc};

use tokio::{sync::mpsc, task::JoinHandle};

use super::ImportError;
use crate::{
    bulk::oneroster::{Bundle, BundleError, FileReport, Record, Row},
    error::Error,
};

/// Rows that are looked up and written together.
pub(super) const BATCH: usize = 500;
/// Batches that the reader may be ahead.
const AHEAD: usize = 2;

/// A file being read.
pub(super) struct Rows<R> {
    batches: mpsc::Receiver<Vec<Row<R>>>,
    reading: JoinHandle<Result<FileReport, BundleError>>,
}

impl<R: Record + Send + 'static> Rows<R> {
    /// Begins to read; an absent file has no rows.
    pub fn of(bundle: &Arc<Bundle>) -> Self {
        let (sender, batches) = mpsc::channel(AHEAD);
        let bundle = Arc::clone(bundle);
        let reading = tokio::task::spawn_blocking(move || send(&bundle, &sender));
        Self { batches, reading }
    }

    /// The next batch.
    pub async fn next(&mut self) -> Option<Vec<Row<R>>> {
        self.batches.recv().await
    }

    /// How the reading ended. A fault in the middle of a file shows itself only here.
    pub async fn finish(mut self) -> Result<FileReport, ImportError> {
        self.batches.close();
        Ok(self.reading.await.map_err(Error::internal)??)
    }
}

fn send<R: Record>(
    bundle: &Bundle,
    sender: &mpsc::Sender<Vec<Row<R>>>,
) -> Result<FileReport, BundleError> {
    let mut batch = Vec::with_capacity(BATCH);
    let report = bundle.read::<R>(|row| {
        batch.push(row);
        if batch.len() < BATCH {
            return ControlFlow::Continue(());
        }
        // Nobody listens any more when the import has failed.
        match sender.blocking_send(mem::take(&mut batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    if !batch.is_empty() {
        drop(sender.blocking_send(batch));
    }
    Ok(report)
}
