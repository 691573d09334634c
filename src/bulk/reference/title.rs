//! Titles, as files have them.

use super::{report::Findings, sheet::Row};

/// No title that a publisher gave is longer.
const LONGEST: usize = 255;

/// The title in a column, without the full stop that some publishers put behind it.
pub fn of(row: &Row<'_>, column: &str, findings: &mut Findings) -> Option<String> {
    let written = row.get(column);
    let title = written.strip_suffix('.').unwrap_or(written).trim();
    let length = title.chars().count();
    let refusal = match length {
        0 => row.refusal(column, "REQUIRED", "a title is expected"),
        1..=LONGEST => return Some(title.to_owned()),
        _ => {
            let reason = format!("at most {LONGEST} characters are allowed; there are {length}");
            row.refusal(column, "TOO_LONG", reason)
        }
    };
    findings.refuse(refusal);
    None
}
