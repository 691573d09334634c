//! What imports took.

use super::{Importer, Report, Table};
use crate::run::import::Taken;

impl Report {
    /// The chapter on imports, when they were measured.
    pub(super) fn imported(&self) -> Vec<String> {
        let Some((students, medians)) = &self.imports else { return Vec::new() };
        let mut table = Table::new(&[
            "importer",
            "seconds",
            "rows/s",
            "CPU s: process",
            "database",
            "memory MB",
            "of hand-written",
            "again: seconds",
            "times faster",
        ]);
        for importer in Importer::ALL {
            let (Some([first, again]), Some([by_hand, _])) =
                (medians.get(&importer), medians.get(&importer.by_hand()))
            else {
                continue;
            };
            #[expect(clippy::cast_precision_loss, reason = "not so many students")]
            let rate = *students as f64 / first.seconds;
            table.line([
                importer.name().to_owned(),
                format!("{:.1}", first.seconds),
                format!("{rate:.0}"),
                format!("{:.1}", first.process),
                format!("{:.1}", first.database),
                format!("{:.0}", first.memory),
                format!("{:.2}", by_hand.seconds / first.seconds),
                format!("{:.1}", again.seconds),
                format!("{:.1}", first.seconds / again.seconds),
            ]);
        }
        let about = format!(
            "A OneRoster 1.1 bundle of {students} students and 500 schools into empty tables, and \
             the same bundle again, which changes nothing. The hand-written import sends the rows \
             of the files as `INSERT … ON CONFLICT`; Pathbridge also checks every value, key and \
             reference, looks for what is gone, and reports.\n"
        );
        vec!["## Import\n".to_owned(), about, table.text()]
    }

    /// What the importer took, first and again.
    pub(in crate::run) fn import(&self, importer: Importer) -> Option<[Taken; 2]> {
        self.imports.as_ref()?.1.get(&importer).copied()
    }
}
