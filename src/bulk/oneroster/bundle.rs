//! A district's files, opened: what they are, and a way to read each.

use super::format::FileKind;
use super::header::Subject;
use super::limits::Limits;
use super::opening::Opening;
use super::plan::Plan;
use super::reading::{self, FileReport, Row, Sheet};
use super::record::{self, Record};
use super::refusal::BundleError;
use super::source::Source;
use super::table::Table;
use std::ops::ControlFlow;
use std::path::Path;

/// How closely a bundle must keep to the letter of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Strictness {
    /// A file with a header and no rows is refused, as the specification says; so are a manifest
    /// that leaves files unmentioned and an empty file that it calls absent.
    Strict,
    /// These become notes: vendors send such bundles, and no data can be lost by them.
    #[default]
    Lenient,
}

/// How to open a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How closely it must keep to the specification.
    pub strictness: Strictness,
    /// What a zip file may hold.
    pub limits: Limits,
}

/// An opened bundle: nothing of it is in memory but names, headers' findings and the plan.
#[derive(Debug)]
pub struct Bundle {
    source: Source,
    plan: Plan,
}

impl Bundle {
    /// Opens a zip file or a folder, leniently and within the default limits.
    pub fn open(path: &Path) -> Result<Self, BundleError> {
        Self::open_with(path, &Options::default())
    }

    /// Opens a zip file or a folder: finds the format, compares the files with the manifest and
    /// checks every header. All that is wrong is reported at once.
    pub fn open_with(path: &Path, options: &Options) -> Result<Self, BundleError> {
        let source = Source::open(path, &options.limits)?;
        let plan = Opening::new(&source, options.strictness).plan()?;
        Ok(Self { source, plan })
    }

    /// What was found out by opening.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Reads one file from its first row to its last and shows each to `visit`, which may break
    /// off. An absent file has no rows. A fault that leaves the rest of the file unreadable, such
    /// as a wrong encoding, ends the reading with an error.
    pub fn read<R: Record>(
        &self,
        visit: impl FnMut(Row<R>) -> ControlFlow<()>,
    ) -> Result<FileReport, BundleError> {
        let name = R::FILE.file_name();
        let (Some(planned), Some(entry)) = (self.plan.file(R::FILE), self.source.entry(&name))
        else {
            return Ok(FileReport::default());
        };
        let subject =
            Subject { format: self.plan.format, kind: R::FILE, mode: planned.mode, file: &name };
        let report = entry.read(|reader| {
            let table = Table::new(reader);
            Ok(Sheet::new(table, &subject)?.map(|sheet| reading::rows(sheet, &subject, visit)))
        })?;
        Ok(report?.map_err(|fault| fault.in_file(&name))?)
    }

    /// Reads every file once without keeping anything, so that an importer can refuse a bad bundle
    /// before it writes the first row. Each row is shown as taken or refused.
    pub fn check(
        &self,
        mut visit: impl FnMut(FileKind, Row<()>) -> ControlFlow<()>,
    ) -> Result<Vec<(FileKind, FileReport)>, BundleError> {
        let mut reports = Vec::new();
        for file in &self.plan.files {
            let report = record::check(self, file.kind, &mut visit)?;
            let broken_off = report.broken_off;
            reports.push((file.kind, report));
            if broken_off {
                break;
            }
        }
        Ok(reports)
    }
}
