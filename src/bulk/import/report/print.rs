//! The report as a table for people.

use std::fmt;

use super::{ImportReport, Tail};

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
        let Self { files, refused, refusals, notes, seconds, .. } = self;
        Tail { files, refused: *refused, refusals, notes, seconds: *seconds }.fmt(out)
    }
}
