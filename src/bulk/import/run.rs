//! One import on its way through the files.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use entity::id::DistrictId;
use uuid::Uuid;

use super::{
    ImportError, ImportOptions, ImportReport, Progress, class, course, enrollment,
    ledger::Ledger,
    org, people,
    progress::Gauge,
    refusal::{DUPLICATE, Refusal},
    retire,
    rows::Rows,
    session,
};
use crate::{
    bulk::oneroster::{Bundle, FileKind, Format, Mode, Record, Row},
    error::Result,
    store::Write,
};

/// What the steps of an import share.
pub(super) struct Run<'a> {
    pub write: &'a Write<'a>,
    pub ledger: Ledger<'a>,
    pub bundle: &'a Arc<Bundle>,
    pub district: DistrictId,
    /// The name under which keys are kept.
    pub system: &'a str,
    pub options: &'a ImportOptions,
    pub report: ImportReport,
    /// How often each thing occurred that is worth a word without being wrong.
    remarks: BTreeMap<&'static str, u64>,
    /// Whether any user is a guardian or names one.
    pub has_families: bool,
    /// Files of which a row was refused for its values: a list made of all its rows has gaps.
    gaps: HashSet<FileKind>,
    /// Files with a row of which not even the key could be read.
    blind: HashSet<FileKind>,
    gauge: Gauge<'a>,
}

/// A row that was read, and where.
pub(super) struct Line<R> {
    pub line: u64,
    pub record: R,
}

impl<'a> Run<'a> {
    pub fn new(
        write: &'a Write<'a>,
        ledger: Ledger<'a>,
        bundle: &'a Arc<Bundle>,
        district: DistrictId,
        system: &'a str,
        options: &'a ImportOptions,
        progress: &'a dyn Progress,
    ) -> Self {
        let mut report = ImportReport::new(bundle.plan().format.label(), system, options.dry_run);
        report.notes.extend(bundle.plan().notes.iter().map(ToString::to_string));
        let gauge = Gauge::new(progress, bundle.plan().total_bytes());
        Self {
            write,
            ledger,
            bundle,
            district,
            system,
            options,
            report,
            remarks: BTreeMap::new(),
            has_families: false,
            gaps: HashSet::new(),
            blind: HashSet::new(),
            gauge,
        }
    }

    /// All files in their order.
    pub async fn through(mut self) -> Result<ImportReport, ImportError> {
        org::import(&mut self).await?;
        session::import(&mut self).await?;
        course::import(&mut self).await?;
        people::import(&mut self).await?;
        class::import(&mut self).await?;
        enrollment::import(&mut self).await?;
        class::remaining_teachers(&mut self).await?;
        retire::missing(&mut self).await?;
        self.report.remark(&self.remarks);
        Ok(self.report)
    }

    pub fn tenant(&self) -> Uuid {
        self.district.into()
    }

    pub fn format(&self) -> Format {
        self.bundle.plan().format
    }

    /// Whether the bundle has everything that there is of this file.
    pub fn is_bulk(&self, file: FileKind) -> bool {
        let planned = self.bundle.plan().file(file);
        planned.is_some_and(|planned| planned.mode == Mode::Bulk && planned.has_rows)
    }

    /// Whether a bulk file tells which keys it leaves out.
    pub fn is_complete(&self, file: FileKind) -> bool {
        self.is_bulk(file) && !self.blind.contains(&file)
    }

    /// Whether a list made of all rows of a bulk file is whole.
    pub fn is_whole(&self, file: FileKind) -> bool {
        self.is_bulk(file) && !self.gaps.contains(&file)
    }

    /// A row of the file was refused.
    pub fn leave_gap(&mut self, file: FileKind) {
        self.gaps.insert(file);
    }

    /// Counts something that is worth a word without being wrong.
    pub fn remark(&mut self, what: &'static str) {
        *self.remarks.entry(what).or_default() += 1;
    }

    /// Begins to read a file that counts in the report and on the bar.
    pub fn open<R: Record + Send + 'static>(&self) -> Rows<R> {
        self.gauge.file(&R::FILE.file_name());
        Rows::of(self.bundle)
    }

    /// Ends it.
    pub async fn close<R: Record + Send + 'static>(
        &mut self,
        rows: Rows<R>,
    ) -> Result<(), ImportError> {
        let read = rows.finish().await?;
        if let Some(planned) = self.bundle.plan().file(R::FILE) {
            self.gauge.done(planned.bytes);
            self.report.file(R::FILE, &read);
        }
        Ok(())
    }

    /// Reports the rows that were refused, and second rows of one key; the others go on. What a
    /// refused row is about is marked in all `spaces`, so that it is not taken for gone.
    pub async fn admit<R: Record>(
        &mut self,
        batch: Vec<Row<R>>,
        key: fn(&R) -> &str,
        spaces: &[&str],
    ) -> Result<Vec<Line<R>>> {
        self.gauge.at(batch.last().map_or(0, |row| row.bytes));
        let mut taken = Vec::with_capacity(batch.len());
        let mut protected = Vec::new();
        for row in batch {
            match row.record {
                Ok(record) => taken.push(Line { line: row.line, record }),
                Err(refusal) => {
                    self.report.refuse(R::FILE, [refusal.into()]);
                    self.leave_gap(R::FILE);
                    match row.refused_id {
                        Some(id) => protected.push(id),
                        None => drop(self.blind.insert(R::FILE)),
                    }
                }
            }
        }
        for space in spaces {
            self.ledger.mark(space, protected.iter().map(String::as_str)).await?;
        }
        let mut first = self.firsts(R::FILE.stem(), &taken, key).await?.into_iter();
        taken.retain(|row| {
            let first = first.next().unwrap_or(true);
            if !first {
                self.report.refuse(R::FILE, [second(R::FILE, row.line)]);
            }
            first
        });
        Ok(taken)
    }

    /// The rows of a file that is read once more, without those that were refused the first time.
    pub async fn readmit<R: Record>(
        &self,
        space: &str,
        batch: Vec<Row<R>>,
        key: fn(&R) -> &str,
    ) -> Result<Vec<Line<R>>> {
        let whole = |row: Row<R>| Some(Line { line: row.line, record: row.record.ok()? });
        let mut taken: Vec<_> = batch.into_iter().filter_map(whole).collect();
        let mut first = self.firsts(space, &taken, key).await?.into_iter();
        taken.retain(|_| first.next().unwrap_or(true));
        Ok(taken)
    }

    async fn firsts<R>(
        &self,
        space: &str,
        rows: &[Line<R>],
        key: fn(&R) -> &str,
    ) -> Result<Vec<bool>> {
        let keys: Vec<_> = rows.iter().map(|row| key(&row.record)).collect();
        // A record without a key of its own cannot come twice.
        if keys.iter().all(|key| key.is_empty()) {
            return Ok(vec![true; keys.len()]);
        }
        self.ledger.claim(space, &keys).await
    }
}

fn second(file: FileKind, line: u64) -> Refusal {
    let reason = "an earlier row of the file has this key";
    Refusal::new(file, line, "sourcedId", DUPLICATE, reason)
}
