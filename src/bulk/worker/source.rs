//! The rows of an uploaded file, a batch at a time.

use std::collections::HashSet;

use bytes::Bytes;
use csv::ReaderBuilder;
use entity::job::{JobFailure, Model};
use serde_json::Value as Json;

use super::{cells::row, stop::Stop};
use crate::{
    app::App,
    bulk::{
        rules::{LONGEST_LINE, Line},
        service::{
            lines::{Lines, Mark},
            request::{Format, Import},
            state::Failure,
        },
    },
    error::{Problem, ProblemCode, Result},
    store::{Column, Intake},
};

/// Rows that are written together.
const BATCH: usize = 500;
/// Bytes of lines that are held at once.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Columns of a file.
const MOST_COLUMNS: usize = 500;
/// What some programs put in front of a text in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A row as it came.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The line on which it begins.
    pub line: u64,
    /// How far the file is done with it.
    pub mark: Mark,
    /// The line as it was sent; none when it was too long.
    pub bytes: Option<Bytes>,
    /// What it says.
    pub row: Result<Json, Problem>,
}

impl Entry {
    /// The keys that its row has, before and after it is written.
    fn keys(&self) -> Vec<String> {
        let Ok(row) = &self.row else { return Vec::new() };
        let all = [&row["key"]["id"], &row["key"]["externalId"], &row["newExternalId"]];
        all.into_iter().filter(|key| !key.is_null()).map(ToString::to_string).collect()
    }
}

/// A file that is being read.
pub(super) struct Source {
    lines: Lines,
    /// The header, as it was sent, and its columns.
    header: Option<(Bytes, Vec<Column>)>,
    /// A row that begins the next batch.
    kept: Option<Entry>,
}

impl Source {
    /// Goes on behind the mark.
    pub async fn open(
        app: &App,
        job: &Model,
        import: &Import,
        intake: &dyn Intake,
        from: Mark,
    ) -> Result<Self, Stop> {
        let of = |from| Lines::of(app, job.id, import.format, import.size, from);
        if import.format == Format::Ndjson {
            return Ok(Self { lines: of(from), header: None, kept: None });
        }
        let mut lines = of(Mark::default());
        let header = header(lines.next().await?.as_ref(), intake)?;
        // Behind the header the lines go on by themselves.
        let lines = if from.bytes == 0 { lines } else { of(from) };
        Ok(Self { lines, header: Some(header), kept: None })
    }

    /// The header as it was sent, with its end.
    pub fn header(&self) -> &[u8] {
        self.header.as_ref().map_or(&[], |(bytes, _)| bytes)
    }

    /// The next rows; none at the end of the file. No two of a batch have the same key: what comes
    /// later in the file is said of the row as it is then.
    pub async fn batch(&mut self) -> Result<Vec<Entry>> {
        let mut batch: Vec<Entry> = Vec::new();
        let mut keys = HashSet::new();
        let mut bytes = 0;
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            let next = match self.kept.take() {
                Some(kept) => Some(kept),
                None => self.next().await?,
            };
            let Some(entry) = next else { break };
            let own = entry.keys();
            if own.iter().any(|key| keys.contains(key)) {
                self.kept = Some(entry);
                break;
            }
            keys.extend(own);
            bytes += entry.bytes.as_ref().map_or(0, Bytes::len);
            batch.push(entry);
        }
        Ok(batch)
    }

    async fn next(&mut self) -> Result<Option<Entry>> {
        let Some(line) = self.lines.next().await? else { return Ok(None) };
        let columns = self.header.as_ref().map(|(_, columns)| columns.as_slice());
        Ok(Some(entry(line, columns)))
    }
}

fn entry(line: Line, columns: Option<&[Column]>) -> Entry {
    let row = match (&line.bytes, columns) {
        (None, _) => {
            let message = format!("a line has at most {LONGEST_LINE} bytes");
            Err(Problem::field(ProblemCode::TooLong, "", message))
        }
        (Some(_), None) => object(line.content(), line.number),
        (Some(_), Some(columns)) => values(line.content(), columns),
    };
    let mark = Mark { bytes: line.end, lines: line.lines };
    Entry { line: line.number, mark, bytes: line.bytes, row }
}

fn object(content: &[u8], number: u64) -> Result<Json, Problem> {
    let content = if number == 1 { unmarked(content) } else { content };
    let text = text(content)?;
    serde_json::from_str(text).map_err(|error| {
        let message = format!("the line is no JSON: see its byte {}", error.column());
        Problem::field(ProblemCode::InvalidFormat, "", message)
    })
}

fn values(content: &[u8], columns: &[Column]) -> Result<Json, Problem> {
    let text = text(content)?;
    let cells = cells(text.as_bytes()).ok_or_else(|| {
        Problem::field(ProblemCode::InvalidFormat, "", "the line is no line of values")
    })?;
    if cells.len() != columns.len() {
        let message = format!("the header has {} columns, the line {}", columns.len(), cells.len());
        return Err(Problem::field(ProblemCode::InvalidFormat, "", message));
    }
    Ok(row(columns, cells.iter().map(String::as_str)))
}

fn text(content: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(content).map_err(|error| {
        let message = format!("the line is no UTF-8 from its byte {} on", error.valid_up_to() + 1);
        Problem::field(ProblemCode::InvalidFormat, "", message)
    })
}

fn unmarked(content: &[u8]) -> &[u8] {
    content.strip_prefix(BYTE_ORDER_MARK).unwrap_or(content)
}

fn cells(content: &[u8]) -> Option<Vec<String>> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(content);
    let record = reader.records().next()?.ok()?;
    Some(record.iter().map(str::to_owned).collect())
}

fn header(line: Option<&Line>, intake: &dyn Intake) -> Result<(Bytes, Vec<Column>), Failure> {
    let unreadable = |message: String| Failure::new(JobFailure::UnreadableFile, message);
    let read = line.and_then(|line| {
        let mut bytes = line.bytes.clone()?.to_vec();
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        let text = std::str::from_utf8(unmarked(line.content())).ok()?;
        Some((Bytes::from(bytes), cells(text.as_bytes())?))
    });
    let Some((bytes, names)) = read else {
        let message = "the file does not begin with a line of names of columns, in UTF-8";
        return Err(unreadable(message.to_owned()));
    };
    if names.len() > MOST_COLUMNS {
        return Err(unreadable(format!("a file has at most {MOST_COLUMNS} columns")));
    }
    let names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    let mut columns = Vec::with_capacity(names.len());
    for (at, column) in intake.columns(&names).into_iter().enumerate() {
        // The name itself is not repeated: without a header it would be somebody's data.
        let unknown = || format!("column {} is not called as any field of a row", at + 1);
        let column = column.ok_or_else(|| unreadable(unknown()))?;
        if columns.contains(&column) {
            return Err(unreadable(format!("column {} is there twice", at + 1)));
        }
        columns.push(column);
    }
    Ok((bytes, columns))
}
