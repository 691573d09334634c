//! The report as a table for people.

use std::fmt;

use super::ImportReport;

impl fmt::Display for ImportReport {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = if self.dry_run { ", dry run: nothing was kept" } else { "" };
        writeln!(out, "{} of {}{end}", self.format, self.source_system)?;
        writeln!(out)?;
        let heads = ["read", "created", "updated", "unchanged", "retired", "refused"];
        write!(out, "{:18}", "")?;
        heads.iter().try_for_each(|head| write!(out, "{head:>10}"))?;
        writeln!(out)?;
        for count in &self.kinds {
            let numbers = [
                count.read,
                count.created,
                count.updated,
                count.unchanged,
                count.retired,
                count.refused,
            ];
            write!(out, "{:18}", count.kind.label())?;
            numbers.iter().try_for_each(|number| write!(out, "{number:>10}"))?;
            writeln!(out)?;
        }
        writeln!(out)?;
        for refusal in &self.refusals {
            writeln!(out, "{refusal}")?;
        }
        let kept = u64::try_from(self.refusals.len()).unwrap_or(u64::MAX);
        if self.refused > kept {
            writeln!(out, "… and {} more", self.refused - kept)?;
        }
        for note in &self.notes {
            writeln!(out, "note: {note}")?;
        }
        let rows: u64 = self.files.iter().map(|file| file.rows).sum();
        writeln!(out, "{rows} rows, {} refusals, {:.1} s", self.refused, self.seconds)
    }
}
