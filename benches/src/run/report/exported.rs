//! What exports took.

use super::{Report, Table};
use crate::run::{Exporter, export::Taken};

impl Report {
    /// The chapter on exports, when they were measured.
    pub(super) fn exported(&self) -> Vec<String> {
        let Some(copy) = self.export(Exporter::Copy) else { return Vec::new() };
        let columns = ["exporter", "seconds", "rows/s", "file MB", "memory MB", "of COPY"];
        let mut table = Table::new(&columns);
        for exporter in Exporter::ALL {
            let Some(one) = self.export(exporter) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "not so many rows")]
            let rate = one.lines as f64 / one.seconds;
            table.line([
                exporter.name().to_owned(),
                format!("{:.2}", one.seconds),
                format!("{rate:.0}"),
                format!("{:.1}", one.size),
                if one.memory.is_nan() { "–".to_owned() } else { format!("{:.0}", one.memory) },
                format!("{:.2}", copy.seconds / one.seconds),
            ]);
        }
        let about = format!(
            "All {} placements with twelve fields each, as one JSON object a line. Pathbridge's time \
             runs from the request for the job to the last byte of its file, which is kept in the \
             database in between; `COPY` sends straight to the client.\n",
            copy.lines
        );
        vec!["## Export\n".to_owned(), about, table.text()]
    }

    /// What the exporter took.
    pub(in crate::run) fn export(&self, exporter: Exporter) -> Option<Taken> {
        self.exports.get(&exporter).copied()
    }
}
