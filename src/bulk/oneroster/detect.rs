//! Which format a bundle without a manifest is, told by the headers of its files.

use super::format::{FileKind, Format};

/// The headers of the files found, and the format they show; none when no header is known.
///
/// OneRoster always has `status` and `dateLastModified` (or, where an export left these out,
/// `enabledUser`); School Data Sync never has. The older of Microsoft's layouts keeps a user's role
/// with the user.
pub(super) fn detect(headers: &[(FileKind, &[String])]) -> Option<Format> {
    let has = |kind: FileKind, column: &str| {
        headers.iter().any(|(k, header)| *k == kind && header.iter().any(|name| name == column))
    };
    let any = |column: &str| FileKind::ALL.into_iter().any(|kind| has(kind, column));
    if any("status") || any("dateLastModified") || has(FileKind::Users, "enabledUser") {
        let later = has(FileKind::Roles, "roleType") || has(FileKind::Users, "primaryOrgSourcedId");
        return Some(if later { Format::OneRoster1p2 } else { Format::OneRoster1p1 });
    }
    if has(FileKind::Enrollments, "schoolSourcedId") {
        return Some(Format::OneRoster1p1);
    }
    if has(FileKind::Users, "orgSourcedIds") && has(FileKind::Users, "role") {
        return Some(Format::SdsV2);
    }
    (any("sourcedId") || any("userSourcedId")).then_some(Format::SdsV2p1)
}
