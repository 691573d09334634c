//! From the rows of a table to records, one at a time.

use super::fields::{Fields, Tally};
use super::header::{self, Layout, Subject};
use super::plan::Note;
use super::record::Record;
use super::refusal::{BundleError, Code, Refusal};
use super::screen::Fault;
use super::table::Table;
use std::io::Read;
use std::ops::ControlFlow;

/// One row as the visitor of a file sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<R> {
    /// The line on which the row begins; the header is line 1.
    pub line: u64,
    /// The record, or why there is none.
    pub record: Result<R, Refusal>,
    /// Of a refused row, whom or what it is about, when its `sourcedId` at least can be read.
    pub refused_id: Option<String>,
    /// How many bytes of the file have been taken in so far, for a progress bar; it runs a little
    /// ahead of the row.
    pub bytes: u64,
}

/// What the reading of one file came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileReport {
    /// How many rows were seen, refused ones included.
    pub rows: u64,
    /// How many of them were refused.
    pub refused: u64,
    /// Whether the visitor broke off before the end.
    pub broken_off: bool,
    /// What was let pass, each kind once with its count.
    pub notes: Vec<Note>,
}

/// A table whose header has been read and checked.
pub(super) struct Sheet<R> {
    table: Table<R>,
    layout: Layout,
}

impl<R: Read> Sheet<R> {
    pub fn new(
        mut table: Table<R>,
        subject: &Subject<'_>,
    ) -> Result<Result<Self, BundleError>, Fault> {
        table.advance()?;
        Ok(match header::check(subject, &table.values()) {
            Ok((layout, _)) => Ok(Self { table, layout }),
            Err(refusals) => Err(BundleError { refusals }),
        })
    }
}

pub(super) fn rows<I: Read, R: Record>(
    mut sheet: Sheet<I>,
    subject: &Subject<'_>,
    mut visit: impl FnMut(Row<R>) -> ControlFlow<()>,
) -> Result<FileReport, Fault> {
    let (mut report, mut tally) = (FileReport::default(), Tally::default());
    while let Some(line) = sheet.table.advance()? {
        let mut refused_id = None;
        let record = match check_width(&sheet, subject, line) {
            Ok(()) => {
                let row = &sheet.table.row;
                let mut fields = Fields::new(subject, &sheet.layout, row, line, &mut tally);
                let record = R::read(&mut fields);
                if record.is_err() {
                    refused_id = fields.optional_id("sourcedId").ok().flatten();
                }
                record
            }
            Err(refusal) => Err(refusal),
        };
        report.rows += 1;
        report.refused += u64::from(record.is_err());
        if visit(Row { line, record, refused_id, bytes: sheet.table.bytes() }).is_break() {
            report.broken_off = true;
            break;
        }
    }
    report.notes = tally.notes(subject.file);
    Ok(report)
}

fn check_width<I>(sheet: &Sheet<I>, subject: &Subject<'_>, line: u64) -> Result<(), Refusal> {
    let (found, width) = (sheet.table.row.len(), sheet.layout.width);
    if found == width {
        return Ok(());
    }
    let reason = format!("the row has {found} values, the header {width}");
    Err(Refusal::of_file(subject.file, Code::FieldCount, reason).at_line(line))
}
