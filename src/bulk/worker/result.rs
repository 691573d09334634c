//! The files that an import makes: what became of each line, and the lines that were refused.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Seek, Write as _},
};

use entity::id::JobId;
use sea_orm::DatabaseTransaction;

use super::told::unwritten;
use crate::{
    bulk::{
        file::{PIECE, Part, append},
        service::progress::Tally,
    },
    error::{Error, Result},
};

/// What a batch adds to both files.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub result: Vec<u8>,
    pub rejected: Vec<u8>,
}

impl Page {
    /// Adds a refused line, with an end if it was the last of its file.
    pub fn reject(&mut self, header: &[u8], is_first: bool, line: &[u8]) {
        if is_first && self.rejected.is_empty() {
            self.rejected.extend(header);
        }
        self.rejected.extend(line);
        if !line.ends_with(b"\n") {
            self.rejected.push(b'\n');
        }
    }
}

/// Where pages go.
pub(super) enum Sink<'s> {
    /// Into the files of the job, in the transaction of the batch.
    Files,
    /// Aside, as long as nobody knows whether the batch stays.
    Aside(&'s mut Spool),
}

impl Sink<'_> {
    /// Puts a page behind those before it.
    pub async fn add(
        &mut self,
        tx: &DatabaseTransaction,
        job: JobId,
        page: &Page,
        tally: &mut Tally,
    ) -> Result<()> {
        match self {
            Self::Files => {
                let at = &mut tally.result_bytes;
                put(tx, job, Part::Result, at, &page.result).await?;
                let at = &mut tally.rejected_bytes;
                put(tx, job, Part::Rejected, at, &page.rejected).await
            }
            Self::Aside(spool) => {
                // Counted here too, so that the header stands in front of the first line only.
                tally.rejected_bytes += i64::try_from(page.rejected.len()).unwrap_or(i64::MAX);
                spool.add(page).map_err(Error::internal)
            }
        }
    }
}

async fn put(
    tx: &DatabaseTransaction,
    job: JobId,
    part: Part,
    at: &mut i64,
    bytes: &[u8],
) -> Result<()> {
    let end = append(tx, job, part, at.unsigned_abs(), bytes).await?;
    *at = i64::try_from(end).map_err(Error::internal)?;
    Ok(())
}

/// Pages on the disk of this machine, gone with this value. They are written as they come: what
/// goes to the memory of the system keeps nobody waiting.
pub(super) struct Spool {
    result: BufWriter<File>,
    rejected: BufWriter<File>,
}

impl Spool {
    /// Nothing yet.
    pub fn new() -> Result<Self> {
        let file = || tempfile::tempfile().map(BufWriter::new).map_err(Error::internal);
        Ok(Self { result: file()?, rejected: file()? })
    }

    fn add(&mut self, page: &Page) -> std::io::Result<()> {
        self.result.write_all(&page.result)?;
        self.rejected.write_all(&page.rejected)
    }

    /// Moves everything into the files of the job; what was taken back is told as not written.
    pub async fn empty(
        self,
        tx: &DatabaseTransaction,
        job: JobId,
        tally: &mut Tally,
        is_taken_back: bool,
    ) -> Result<()> {
        tally.result_bytes = 0;
        tally.rejected_bytes = 0;
        let mut lines = read(self.result)?;
        let mut piece = Vec::with_capacity(PIECE);
        let mut line = String::new();
        while lines.read_line(&mut line).map_err(Error::internal)? > 0 {
            let again = if is_taken_back { unwritten(&line) } else { None };
            piece.extend(again.as_deref().unwrap_or(line.as_bytes()));
            line.clear();
            if piece.len() >= PIECE {
                put(tx, job, Part::Result, &mut tally.result_bytes, &piece).await?;
                piece.clear();
            }
        }
        put(tx, job, Part::Result, &mut tally.result_bytes, &piece).await?;
        let mut rejected = read(self.rejected)?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = rejected.read(&mut piece).map_err(Error::internal)?;
            if read == 0 {
                return Ok(());
            }
            put(tx, job, Part::Rejected, &mut tally.rejected_bytes, &piece[..read]).await?;
        }
    }
}

/// What was written, from its beginning.
fn read(written: BufWriter<File>) -> Result<BufReader<File>> {
    let mut file = written.into_inner().map_err(|error| Error::internal(error.into_error()))?;
    file.rewind().map_err(Error::internal)?;
    Ok(BufReader::new(file))
}
