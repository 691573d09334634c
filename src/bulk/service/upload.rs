//! The file of an import on its way in: piece by piece, until its checksum is right.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
};

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use entity::{
    id::JobId,
    job::{Entity, JobState, Model},
};
use futures_util::StreamExt;

use super::{
    Request,
    lines::{Lines, Mark},
    own,
    request::{Format, Import},
    state,
};
use crate::{
    app::App,
    auth::Caller,
    bulk::file::{self, Part},
    error::{Error, Result},
    store::{Visible, Write},
};

/// An import, and how much of its file is here.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The job.
    pub job: Model,
    /// What was asked of it.
    pub import: Import,
    /// Bytes of the file that are here.
    pub has: u64,
}

impl Upload {
    /// Whether the file can still arrive.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.job.state == JobState::WaitingForFile
    }

    /// Whether the file has arrived and its checksum was right.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        matches!(self.job.state, JobState::Queued | JobState::Running | JobState::Completed)
    }
}

/// What came of a piece.
#[derive(Debug, Clone)]
pub enum Added {
    /// So much of the file is here now.
    Has(u64),
    /// The job no longer waits for it.
    Closed,
}

/// The upload of a job of the caller's own.
pub async fn find(app: &App, caller: &Caller, id: JobId) -> Result<Upload> {
    let job = own::job(app, caller, id).await?;
    let Ok(Request::Import(import)) = Request::of(&job) else {
        return Err(Error::NotFound(Entity::NOUN));
    };
    let has = if job.state == JobState::WaitingForFile {
        file::length(app.db.latest(), id, Part::Upload).await?
    } else {
        import.size
    };
    Ok(Upload { job, import, has })
}

/// Adds bytes that belong at this place of the file; what is here already is not written again, and
/// what would leave a hole is not written.
pub async fn add(app: &App, upload: &Upload, starts_at: u64, bytes: &[u8]) -> Result<Added> {
    let caller = Caller::house(app.clock.now());
    let write = Write::begin(app, &caller).await?;
    // Whoever sends the same file at the same time waits here.
    let job = write.load::<Entity>(upload.job.id).await?;
    if job.state != JobState::WaitingForFile {
        return Ok(Added::Closed);
    }
    let has = file::append(&write.tx, job.id, Part::Upload, starts_at, bytes).await?;
    write.commit().await?;
    Ok(Added::Has(has))
}

/// Checks a file that is here as a whole: the job goes into the queue, or the file is forgotten and
/// can be sent again. Tells which.
pub async fn check(app: &App, caller: &Caller, upload: &Upload) -> Result<bool> {
    let (digest, rows) = digest(app, upload).await?;
    if digest == upload.import.sha256 {
        state::enqueue(app, caller, upload.job.id, rows).await?;
        return Ok(true);
    }
    let write = Write::begin(app, caller).await?;
    let job = write.load::<Entity>(upload.job.id).await?;
    if job.state == JobState::WaitingForFile {
        file::forget(&write.tx, job.id, Part::Upload).await?;
    }
    write.commit().await?;
    Ok(false)
}

/// The SHA-256 of the file in hexadecimal digits, and how many rows it has.
async fn digest(app: &App, upload: &Upload) -> Result<(String, i64)> {
    let Import { format, size, .. } = upload.import;
    let context = Arc::new(Mutex::new(Context::new(&SHA256)));
    let digesting = Arc::clone(&context);
    let pieces = file::read(app, upload.job.id, Part::Upload, 0..size);
    let pieces = pieces.map(move |piece: Result<Bytes>| {
        if let Ok(piece) = &piece {
            digesting.lock().unwrap_or_else(PoisonError::into_inner).update(piece);
        }
        piece
    });
    let mut lines = Lines::over(pieces, format, Mark::default());
    let mut rows = 0;
    while lines.next().await?.is_some() {
        rows += 1;
    }
    // The first line of values is their header.
    let rows = if format == Format::Csv { (rows - 1).max(0) } else { rows };
    let digest = context.lock().unwrap_or_else(PoisonError::into_inner).clone().finish();
    let digest = digest.as_ref().iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a text cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    Ok((digest, rows))
}
