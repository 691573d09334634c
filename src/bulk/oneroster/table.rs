//! Clean text cut into rows, one held at a time.

use super::screen::{Fault, Screen};
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::Read;

/// The rows of one CSV file.
pub(super) struct Table<R> {
    reader: Reader<Screen<R>>,
    /// The row read last; its memory serves the next one.
    pub row: ByteRecord,
}

impl<R: Read> Table<R> {
    pub fn new(inner: R) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).buffer_capacity(64 * 1024);
        Self { reader: builder.from_reader(Screen::new(inner)), row: ByteRecord::new() }
    }

    /// Reads the next row into `row` and says on which line it begins; none at the end.
    pub fn advance(&mut self) -> Result<Option<u64>, Fault> {
        match self.reader.read_byte_record(&mut self.row) {
            Ok(true) => Ok(Some(self.line())),
            Ok(false) => Ok(None),
            Err(error) => Err(fault_of(error)),
        }
    }

    /// Blank lines are skipped on the way to a row, so its line is counted back from its end.
    fn line(&self) -> u64 {
        let breaks: u64 = self.row.as_slice().iter().map(|&byte| u64::from(byte == b'\n')).sum();
        self.reader.position().line().saturating_sub(1 + breaks)
    }

    /// How many bytes of the file have been taken in so far.
    pub fn bytes(&self) -> u64 {
        self.reader.get_ref().bytes()
    }

    /// The values of the row read last.
    pub fn values(&self) -> Vec<String> {
        self.row.iter().map(|value| String::from_utf8_lossy(value).trim().to_owned()).collect()
    }
}

fn fault_of(error: csv::Error) -> Fault {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Fault::of(&error),
        other => Fault::new(
            super::refusal::Code::Unreadable,
            format!("cannot be read as CSV: {}", csv_reason(&other)),
        ),
    }
}

fn csv_reason(kind: &csv::ErrorKind) -> &'static str {
    match kind {
        csv::ErrorKind::UnequalLengths { .. } => "rows differ in length",
        _ => "unexpected structure",
    }
}
