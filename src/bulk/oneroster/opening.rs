//! The work of opening a bundle: manifest, headers and files are compared, and all that is wrong
//! or worth a note is collected.

use super::bundle::Strictness;
use super::columns;
use super::detect::detect;
use super::format::{FileKind, Format, Mode};
use super::header::{self, Subject};
use super::manifest::{self, Manifest};
use super::plan::{FilePlan, Note, Plan};
use super::refusal::{BundleError, Code, Refusal};
use super::screen::Fault;
use super::source::{Entry, Source};
use super::table::Table;

/// A file as far as opening looks into it.
struct Peek<'a> {
    entry: &'a Entry,
    kind: FileKind,
    header: Vec<String>,
    has_rows: bool,
}

/// The work of opening: collects what is wrong and what is worth a note.
pub(super) struct Opening<'a> {
    source: &'a Source,
    strictness: Strictness,
    refusals: Vec<Refusal>,
    notes: Vec<Note>,
}

impl<'a> Opening<'a> {
    pub fn new(source: &'a Source, strictness: Strictness) -> Self {
        Self { source, strictness, refusals: Vec::new(), notes: Vec::new() }
    }

    pub fn plan(mut self) -> Result<Plan, BundleError> {
        let manifest = match self.source.entry(manifest::FILE) {
            Some(entry) => {
                let read = manifest::read(entry, self.strictness);
                Some(read.map_err(|refusals| BundleError { refusals })?)
            }
            None => None,
        };
        let peeks = self.peeks();
        let Some(format) = self.format(manifest.as_ref(), &peeks) else {
            return Err(BundleError { refusals: self.refusals });
        };
        self.compare_files(format, manifest.as_ref(), &peeks);
        let files = self.files(format, manifest.as_ref(), &peeks);
        if !self.refusals.is_empty() {
            return Err(BundleError { refusals: self.refusals });
        }
        let source_system = manifest.and_then(|manifest| {
            self.notes.extend(manifest.notes);
            manifest.source_system
        });
        Ok(Plan { format, source_system, files, notes: self.notes })
    }

    fn refuse(&mut self, file: &str, code: Code, reason: impl Into<String>) {
        self.refusals.push(Refusal::of_file(file, code, reason));
    }

    fn note(&mut self, file: &str, code: Code, text: impl Into<String>) {
        self.notes.push(Note::new(file, code, text));
    }

    /// The header of every file whose name we know.
    fn peeks(&mut self) -> Vec<Peek<'a>> {
        let source = self.source;
        let mut peeks = Vec::new();
        for kind in FileKind::ALL {
            let Some(entry) = source.entry(&kind.file_name()) else { continue };
            match entry.read(|reader| peek(Table::new(reader))) {
                Ok(Some((header, has_rows))) => {
                    peeks.push(Peek { entry, kind, header, has_rows });
                }
                Ok(None) => self.refuse(&entry.name, Code::EmptyFile, "has not even a header"),
                Err(refusal) => self.refusals.push(refusal),
            }
        }
        peeks
    }

    fn format(&mut self, manifest: Option<&Manifest>, peeks: &[Peek<'_>]) -> Option<Format> {
        if let Some(manifest) = manifest {
            return Some(manifest.format);
        }
        let headers: Vec<_> =
            peeks.iter().map(|peek| (peek.kind, peek.header.as_slice())).collect();
        let format = detect(&headers);
        let name = &self.source.name;
        match format {
            Some(format) if !format.is_sds() => {
                let text = format!("has no manifest.csv; read as {format}, every file as bulk");
                self.note(name, Code::NoManifest, text);
            }
            None if self.refusals.is_empty() => {
                let reason = "has no manifest.csv and no file with a header of OneRoster or \
                              School Data Sync";
                self.refuse(name, Code::FormatUnknown, reason);
            }
            _ => {}
        }
        format
    }

    /// Compares the files that are there with those the manifest promises.
    fn compare_files(&mut self, format: Format, manifest: Option<&Manifest>, peeks: &[Peek<'_>]) {
        for entry in &self.source.entries {
            if entry.name != manifest::FILE {
                self.compare_file(format, manifest, entry, peeks);
            }
        }
        for (stem, mode) in manifest.iter().flat_map(|manifest| &manifest.modes) {
            let file = format!("{stem}.csv");
            if let (Some(mode), None) = (mode, self.source.entry(&file)) {
                let reason = format!("the manifest promises it as {mode}, but it is not there");
                self.refuse(&file, Code::FileMissing, reason);
            }
        }
    }

    fn compare_file(
        &mut self,
        format: Format,
        manifest: Option<&Manifest>,
        entry: &Entry,
        peeks: &[Peek<'_>],
    ) {
        let name = &entry.name;
        let stem = name.strip_suffix(".csv");
        let known = columns::manifest_stems(format);
        let meant = known
            .iter()
            .map(|stem| format!("{stem}.csv"))
            .find(|known| known != name && known.eq_ignore_ascii_case(name));
        if let Some(meant) = meant {
            let reason = format!("file names are case-sensitive: write {meant}");
            return self.refuse(name, Code::FileNameCase, reason);
        }
        let kind = stem.and_then(FileKind::of_stem);
        let is_read = kind.is_some_and(|kind| columns::columns(format, kind).is_some());
        let Some((manifest, stem)) = manifest.zip(stem) else {
            if !is_read {
                self.note(name, Code::FileIgnored, "is not imported");
            }
            return;
        };
        match manifest.modes.get(stem) {
            Some(Some(_)) if !is_read => self.note(name, Code::FileIgnored, "is not imported"),
            Some(Some(_)) => {}
            _ => self.unlisted(name, kind, peeks),
        }
    }

    /// A file the manifest does not list, or calls absent: data would be lost by leaving it out,
    /// unless it has none.
    fn unlisted(&mut self, name: &str, kind: Option<FileKind>, peeks: &[Peek<'_>]) {
        let empty = peeks.iter().any(|peek| Some(peek.kind) == kind && !peek.has_rows);
        if empty && self.strictness == Strictness::Lenient {
            let text = "the manifest calls it absent; it is there, without rows";
            return self.note(name, Code::FileUnlisted, text);
        }
        let reason = "it is there, but the manifest calls it absent or does not list it";
        self.refuse(name, Code::FileUnlisted, reason);
    }

    /// The files to read, with every header checked.
    fn files(
        &mut self,
        format: Format,
        manifest: Option<&Manifest>,
        peeks: &[Peek<'_>],
    ) -> Vec<FilePlan> {
        let mut files = Vec::new();
        for peek in peeks {
            let mode = match manifest {
                Some(manifest) => manifest.modes.get(peek.kind.stem()).copied().flatten(),
                None => columns::columns(format, peek.kind).map(|_| Mode::Bulk),
            };
            let Some(mode) = mode else { continue };
            let subject = Subject { format, kind: peek.kind, mode, file: &peek.entry.name };
            match header::check(&subject, &peek.header) {
                Ok((_, notes)) => self.notes.extend(notes),
                Err(refusals) => self.refusals.extend(refusals),
            }
            if !peek.has_rows {
                self.header_only(&peek.entry.name, manifest.is_some());
            }
            let (kind, bytes, has_rows) = (peek.kind, peek.entry.bytes, peek.has_rows);
            files.push(FilePlan { kind, mode, bytes, has_rows });
        }
        files
    }

    fn header_only(&mut self, name: &str, listed: bool) {
        let text = "has a header and no rows; a file without rows is left out and marked absent";
        if listed && self.strictness == Strictness::Strict {
            self.refuse(name, Code::HeaderOnly, text);
        } else {
            self.note(name, Code::HeaderOnly, text);
        }
    }
}

/// The header, and whether a row follows it.
fn peek<R: std::io::Read>(mut table: Table<R>) -> Result<Option<(Vec<String>, bool)>, Fault> {
    if table.advance()?.is_none() {
        return Ok(None);
    }
    let header = table.values();
    Ok(Some((header, table.advance()?.is_some())))
}
