//! Begin and end that may both be left open.

use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::refusal::{Code, Refusal};
use chrono::NaiveDate;

/// The end is exclusive, so an end on the day of the begin means a time that never was; exports
/// write it for someone who left at once, and it is taken.
pub(super) fn read(
    fields: &Fields<'_>,
    begin_column: &str,
    end_column: &str,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Refusal> {
    let begin = fields.optional_date(begin_column)?;
    let end = fields.optional_date(end_column)?;
    if end < begin && end.is_some() {
        let reason = format!("the end lies before {begin_column}");
        return Err(fields.refuse(end_column, Code::DateOrder, reason));
    }
    Ok((begin, end))
}
