//! Whether a row brings something or takes it away.

use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::Mode;
use crate::bulk::oneroster::refusal::{Code, Refusal};
use chrono::DateTime;

/// What a row does to the thing it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It is as the row says: every row of a bulk file, and of School Data Sync.
    Active,
    /// It is to be deleted; only a delta file says so.
    ToBeDeleted,
}

/// Bulk files leave `status` and `dateLastModified` blank. Vendors write `active` and a date
/// there all the same; since that says nothing new, it is let pass and counted.
pub(super) fn read(fields: &mut Fields<'_>) -> Result<Status, Refusal> {
    if fields.format().is_sds() {
        return Ok(Status::Active);
    }
    let words = [("active", Status::Active), ("tobedeleted", Status::ToBeDeleted)];
    if fields.mode() == Mode::Delta {
        let status = fields.choice("status", &words)?;
        date_last_modified(fields)?;
        return Ok(status);
    }
    if fields.raw("status").is_empty() {
        return match fields.raw("dateLastModified") {
            "" => Ok(Status::Active),
            _ => Err(not_blank(fields, "dateLastModified")),
        };
    }
    if fields.choice("status", &words)? == Status::ToBeDeleted {
        return Err(not_blank(fields, "status"));
    }
    fields.let_pass(Code::ActiveInBulk);
    Ok(Status::Active)
}

fn not_blank(fields: &Fields<'_>, column: &str) -> Refusal {
    let reason = "must be blank in a bulk file; what changed is told by delta files";
    fields.refuse(column, Code::NotBlankInBulk, reason)
}

fn date_last_modified(fields: &Fields<'_>) -> Result<(), Refusal> {
    let column = "dateLastModified";
    let value = fields.required(column)?;
    if value.ends_with('Z') && DateTime::parse_from_rfc3339(&value).is_ok() {
        return Ok(());
    }
    let reason = "a date and time in UTC is expected, such as 2026-08-24T06:00:00Z";
    Err(fields.refuse(column, Code::InvalidDateTime, reason))
}
