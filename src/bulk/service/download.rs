//! The files of a job on their way out.

use std::ops::Range;

use bytes::Bytes;
use entity::{
    id::JobId,
    job::{JobKind, JobState, Model},
};
use futures_util::Stream;

use super::{
    Request, own,
    request::{Compression, Format},
};
use crate::{
    app::App,
    auth::Caller,
    bulk::file::{self, Part},
    error::Result,
    typeid,
};

/// A file that can be fetched. It never changes: a job that is over stays as it is.
#[derive(Debug, Clone)]
pub struct Download {
    job: JobId,
    part: Part,
    /// How many bytes it has.
    pub length: u64,
    /// What tells it from every other file.
    pub tag: String,
    /// A name for it in somebody's folder.
    pub name: String,
    /// What is in it, as the web names that.
    pub media_type: &'static str,
}

/// A file that a client asks for.
#[derive(Debug, Clone)]
pub enum Found {
    /// Here it is.
    File(Download),
    /// The job has not come to its end.
    NotYet,
    /// The job came to its end without such a file.
    None,
    /// It was kept for its time, and is no more.
    Gone,
}

/// A file of a job of the caller's own.
pub async fn find(app: &App, caller: &Caller, id: JobId, part: Part) -> Result<Found> {
    let job = own::job(app, caller, id).await?;
    if job.state == JobState::Expired {
        return Ok(Found::Gone);
    }
    if !job.state.is_over() {
        return Ok(Found::NotYet);
    }
    let length = match part {
        Part::Result => job.result_bytes,
        Part::Rejected => job.rejected_bytes,
        Part::Upload => None,
    };
    let is_export = job.kind == JobKind::Export;
    match length.and_then(|length| u64::try_from(length).ok()) {
        Some(length) if length > 0 || is_export && part == Part::Result => {
            Ok(Found::File(described(&job, part, length)?))
        }
        _ => Ok(Found::None),
    }
}

/// These bytes of a file.
pub fn read(
    app: &App,
    file: &Download,
    range: Range<u64>,
) -> impl Stream<Item = Result<Bytes>> + Send + 'static {
    file::read(app, file.job, file.part, range)
}

fn described(job: &Model, part: Part, length: u64) -> Result<Download> {
    let (name, ending, media_type) = match (Request::of(job)?, part) {
        (Request::Export(export), _) => {
            let (ending, media_type) = kind(export.format, export.compression);
            (export.name, ending, media_type)
        }
        (Request::Import(import), Part::Rejected) => {
            let (ending, media_type) = kind(import.format, Compression::None);
            (format!("{}-rejected", speaking(&import.rows)), ending, media_type)
        }
        (Request::Import(import), _) => {
            let (ending, media_type) = kind(Format::Ndjson, Compression::None);
            (format!("{}-result", speaking(&import.rows)), ending, media_type)
        }
    };
    let id = typeid::encode(job.id);
    let part_name = if part == Part::Rejected { "rejected" } else { "result" };
    let tag = job.result_sha256.clone().filter(|_| part == Part::Result);
    Ok(Download {
        job: job.id,
        part,
        length,
        tag: tag.unwrap_or_else(|| format!("{id}.{part_name}.{length}")),
        name: format!("{name}-{}{ending}", job.created_at.format("%Y-%m-%d")),
        media_type,
    })
}

/// The type of an import's rows as part of a name.
fn speaking(rows: &str) -> String {
    rows.to_ascii_lowercase().replace('_', "-")
}

fn kind(format: Format, compression: Compression) -> (&'static str, &'static str) {
    match (format, compression) {
        (Format::Ndjson, Compression::None) => (".ndjson", "application/x-ndjson"),
        (Format::Csv, Compression::None) => (".csv", "text/csv; charset=utf-8; header=present"),
        (Format::Ndjson, Compression::Gzip) => (".ndjson.gz", "application/gzip"),
        (Format::Csv, Compression::Gzip) => (".csv.gz", "application/gzip"),
    }
}
