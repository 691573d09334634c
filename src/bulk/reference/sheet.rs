//! A file as a table whose columns are known by the names in its first row.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::{folder::of_file, report::Findings};
use crate::bulk::import::{Progress, Refusal};

/// How the values of a row stand apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// By tabs, as they are: a quote is a letter as any other.
    Tabs,
    /// By commas, in quotes where they hold one.
    Commas,
}

/// The rows of a table.
#[derive(Debug)]
pub struct Sheet<'f> {
    file: &'f str,
    columns: Vec<&'static str>,
    rows: Vec<(u64, Vec<Option<String>>)>,
}

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row<'s> {
    file: &'s str,
    columns: &'s [&'static str],
    cells: &'s [Option<String>],
    /// The line on which it begins, from 1.
    pub line: u64,
}

impl<'f> Sheet<'f> {
    /// Cuts a text into rows and finds the columns; `optional` ones may be missing.
    pub fn read(
        file: &'f str,
        text: &str,
        form: Form,
        required: &[&'static str],
        optional: &[&'static str],
        findings: &mut Findings,
        progress: &dyn Progress,
    ) -> Option<Self> {
        progress.file(file);
        // The reader counts a line when it meets the feed at its end, and not every CRLF in time.
        let bytes = text.len();
        let mut text = text.replace("\r\n", "\n");
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(if form == Form::Tabs { b'\t' } else { b',' })
            .quoting(form == Form::Commas)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            findings.refuse(of_file(file, "EMPTY_FILE", "has not even a header"));
            return None;
        }
        let columns: Vec<_> = required.iter().chain(optional).copied().collect();
        let places = places(file, &record, &columns, required.len(), findings)?;
        let width = record.len();
        let mut rows = Vec::new();
        while matches!(reader.read_record(&mut record), Ok(true)) {
            let breaks = record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
            let line = line_of(&reader, &record, breaks);
            if let Some(refusal) = misshapen(file, line, &record, width, breaks) {
                findings.refuse(refusal);
                continue;
            }
            let cell = |place: &Option<usize>| {
                place.and_then(|at| record.get(at)).map(|cell| cell.trim().to_owned())
            };
            rows.push((line, places.iter().map(cell).collect()));
        }
        progress.at(findings.read(file, rows.len(), bytes));
        Some(Self { file, columns, rows })
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            file: self.file,
            columns: &self.columns,
            cells,
            line: *line,
        })
    }
}

/// The line on which a row begins. Blank lines are skipped on the way to it, so it is counted back
/// from its end; but a quote that is never closed has no end.
fn line_of(reader: &Reader<&[u8]>, record: &StringRecord, breaks: u64) -> u64 {
    match record.position() {
        Some(start) if breaks > 0 => start.line(),
        _ => reader.position().line().saturating_sub(1),
    }
}

/// Where the columns stand; the first ones have to be there.
fn places(
    file: &str,
    header: &StringRecord,
    columns: &[&'static str],
    required: usize,
    findings: &mut Findings,
) -> Option<Vec<Option<usize>>> {
    let at = |name: &&str| header.iter().position(|cell| cell.trim() == *name);
    let places: Vec<_> = columns.iter().map(at).collect();
    let pairs = columns.iter().zip(&places).take(required);
    let missing: Vec<_> = pairs.filter(|(_, at)| at.is_none()).map(|(name, _)| *name).collect();
    for name in &missing {
        findings.refuse(Refusal {
            line: Some(1),
            column: Some((*name).to_owned()),
            ..of_file(file, "COLUMN_MISSING", "the header has no column of this name")
        });
    }
    missing.is_empty().then_some(places)
}

fn misshapen(
    file: &str,
    line: u64,
    record: &StringRecord,
    width: usize,
    breaks: u64,
) -> Option<Refusal> {
    let reason = if breaks > 0 {
        "a value runs over several lines; is a closing quote missing?".to_owned()
    } else if record.len() == width {
        return None;
    } else {
        format!("the row has {} values, and the header {width}", record.len())
    };
    Some(Refusal { line: Some(line), ..of_file(file, "ROW_LENGTH", reason) })
}

impl<'s> Row<'s> {
    /// What stands in a column; empty when the file does not have it.
    pub fn get(&self, column: &str) -> &'s str {
        let at = self.columns.iter().position(|name| *name == column);
        at.and_then(|at| self.cells[at].as_deref()).unwrap_or_default()
    }

    /// Why the row cannot be taken, and which column is to blame.
    pub fn refusal(&self, column: &str, code: &'static str, reason: impl Into<String>) -> Refusal {
        Refusal {
            line: Some(self.line),
            column: Some(column.to_owned()),
            ..of_file(self.file, code, reason)
        }
    }

    /// What stands in a column, when it has the form that is asked for.
    pub fn formed(
        &self,
        column: &str,
        fits: fn(&str) -> bool,
        expected: &str,
        findings: &mut Findings,
    ) -> Option<&'s str> {
        let value = self.get(column);
        if fits(value) {
            return Some(value);
        }
        let reason = format!("{expected} is expected");
        findings.refuse(self.refusal(column, "INVALID_FORMAT", reason));
        None
    }
}
