//! The first row of a file against the columns of its format.

use super::columns::{self, Column};
use super::format::{FileKind, Format, Mode};
use super::plan::Note;
use super::refusal::{Code, Refusal};

/// Where each column of the format stands in this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    places: Vec<(&'static str, usize)>,
    /// How many values a row must have.
    pub width: usize,
}

impl Layout {
    pub fn place(&self, column: &str) -> Option<usize> {
        self.places.iter().find(|(name, _)| *name == column).map(|(_, place)| *place)
    }
}

/// A file whose header is looked at.
pub(super) struct Subject<'a> {
    pub format: Format,
    pub kind: FileKind,
    pub mode: Mode,
    pub file: &'a str,
}

pub(super) fn check(
    subject: &Subject<'_>,
    header: &[String],
) -> Result<(Layout, Vec<Note>), Vec<Refusal>> {
    let known = columns_of(subject);
    if !header.iter().any(|name| known.iter().any(|column| column.name == name)) {
        let reason = "the first row is not a header: none of the format's columns is in it";
        let refusal = Refusal::of_file(subject.file, Code::HeaderMissing, reason).at_line(1);
        return Err(vec![refusal]);
    }
    let mut refusals = missing(subject, header, &known);
    let (mut places, mut notes) = (Vec::new(), Vec::new());
    for (index, name) in header.iter().enumerate() {
        match judge(subject, header, index, &known) {
            Ok(Some(column)) => places.push((column, index)),
            Ok(None) => notes.extend(note_ignored(subject, name)),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let order = places.iter().filter_map(|(name, _)| known.iter().position(|c| c.name == *name));
    if !order.is_sorted() {
        let text = "the columns stand in another order than the standard's; read by name";
        notes.push(Note::new(subject.file, Code::ColumnOrder, text));
    }
    Ok((Layout { places, width: header.len() }, notes))
}

/// The format's columns; delta files must have the two that bulk files may leave out.
fn columns_of(subject: &Subject<'_>) -> Vec<Column> {
    let mut known = columns::columns(subject.format, subject.kind).unwrap_or_default();
    if subject.mode == Mode::Delta {
        for column in &mut known {
            column.required |= matches!(column.name, "status" | "dateLastModified");
        }
    }
    known
}

fn missing(subject: &Subject<'_>, header: &[String], known: &[Column]) -> Vec<Refusal> {
    let absent = |column: &&Column| {
        column.required && !header.iter().any(|name| name.eq_ignore_ascii_case(column.name))
    };
    let refuse = |column: &Column| {
        Refusal::of_file(subject.file, Code::ColumnMissing, "the required column is missing")
            .at_line(1)
            .in_column(column.name)
    };
    known.iter().filter(absent).map(refuse).collect()
}

/// The format's column at this place; none when it is one that is left out.
fn judge(
    subject: &Subject<'_>,
    header: &[String],
    index: usize,
    known: &[Column],
) -> Result<Option<&'static str>, Refusal> {
    let name = header[index].as_str();
    let refuse = |code, reason: String| {
        let refusal = Refusal::of_file(subject.file, code, reason).at_line(1);
        if columns::quoted(name).starts_with('`') { refusal.in_column(name) } else { refusal }
    };
    if !name.is_empty() && header[..index].iter().any(|earlier| earlier == name) {
        return Err(refuse(Code::ColumnDuplicate, "the column stands there twice".to_owned()));
    }
    if let Some(column) = known.iter().find(|column| column.name == name) {
        return Ok(Some(column.name));
    }
    if let Some(column) = known.iter().find(|column| column.name.eq_ignore_ascii_case(name)) {
        let reason = format!("column names are case-sensitive: write `{}`", column.name);
        return Err(refuse(Code::ColumnCase, reason));
    }
    if name.starts_with("metadata.") {
        let later = header[index..].iter().any(|name| known.iter().any(|c| c.name == name));
        if later && !subject.format.is_sds() {
            let reason = "metadata columns stand to the right of all others".to_owned();
            return Err(refuse(Code::ColumnMisplaced, reason));
        }
        return Ok(None);
    }
    if subject.format.is_sds() {
        return Ok(None);
    }
    let reason = format!(
        "column {} of {} is not known to {}; extensions are named metadata.*",
        index + 1,
        subject.file,
        subject.format
    );
    Err(refuse(Code::ColumnUnknown, reason))
}

fn note_ignored(subject: &Subject<'_>, name: &str) -> Option<Note> {
    let text = format!("column {} is not imported", columns::quoted(name));
    (!name.starts_with("metadata.")).then(|| Note::new(subject.file, Code::ColumnIgnored, text))
}
