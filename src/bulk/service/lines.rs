//! The lines of an uploaded file, read from the database piece by piece.

use std::pin::Pin;

use bytes::Bytes;
use entity::id::JobId;
use futures_util::{Stream, StreamExt};

use super::request::Format;
use crate::{
    app::App,
    bulk::{
        file::{self, Part},
        rules::{Line, Splitter},
    },
    error::Result,
};

/// A file on its way from the database.
pub struct Lines {
    pieces: Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>,
    splitter: Splitter,
    is_over: bool,
}

/// How far into a file reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Mark {
    /// Bytes in front of what follows.
    pub bytes: u64,
    /// Lines in front of what follows.
    pub lines: u64,
}

impl Lines {
    /// The lines of a job's upload behind a mark.
    #[must_use]
    pub fn of(app: &App, job: JobId, format: Format, size: u64, from: Mark) -> Self {
        let pieces = file::read(app, job, Part::Upload, from.bytes..size);
        Self::over(pieces, format, from)
    }

    /// The lines in these pieces of a file, which begin at a mark.
    pub fn over(
        pieces: impl Stream<Item = Result<Bytes>> + Send + 'static,
        format: Format,
        from: Mark,
    ) -> Self {
        let splitter = Splitter::new(format == Format::Csv, from.bytes, from.lines);
        Self { pieces: Box::pin(pieces), splitter, is_over: false }
    }

    /// The next line on which anything is.
    pub async fn next(&mut self) -> Result<Option<Line>> {
        loop {
            let line = match self.splitter.next_line() {
                Some(line) => line,
                None if self.is_over => match self.splitter.last() {
                    Some(line) => line,
                    None => return Ok(None),
                },
                None => {
                    match self.pieces.next().await {
                        Some(piece) => self.splitter.push(&piece?),
                        None => self.is_over = true,
                    }
                    continue;
                }
            };
            if !line.is_blank() {
                return Ok(Some(line));
            }
        }
    }
}
