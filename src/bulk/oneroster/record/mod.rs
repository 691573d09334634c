//! The rows of the files as plain values: one file here per kind of row.
//!
//! A record has only what the roster has a place for. What else a row says, passwords before all,
//! is never taken out of it.

mod class;
mod course;
mod demographics;
mod enrollment;
mod org;
mod period;
mod relationship;
mod role;
mod session;
mod status;
mod user;

use super::bundle::Bundle;
use super::fields::Fields;
use super::format::FileKind;
use super::reading::{FileReport, Row};
use super::refusal::{BundleError, Refusal};
use std::ops::ControlFlow;

pub use class::{Class, ClassKind};
pub use course::Course;
pub use demographics::Demographics;
pub use enrollment::Enrollment;
pub use org::{Org, OrgKind};
pub use relationship::{Relation, Relationship};
pub use role::Role;
pub use session::{Session, SessionKind};
pub use status::Status;
pub use user::{InlineRole, User, UserId};

/// A row of one kind of file.
pub trait Record: Sized {
    /// The file whose rows these are.
    const FILE: FileKind;

    /// The record of a row, or the first of its values that cannot be taken.
    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal>;
}

/// Reads a file for the sake of its refusals only.
pub(super) fn check(
    bundle: &Bundle,
    kind: FileKind,
    visit: &mut impl FnMut(FileKind, Row<()>) -> ControlFlow<()>,
) -> Result<FileReport, BundleError> {
    match kind {
        FileKind::Orgs => check_as::<Org>(bundle, visit),
        FileKind::AcademicSessions => check_as::<Session>(bundle, visit),
        FileKind::Courses => check_as::<Course>(bundle, visit),
        FileKind::Classes => check_as::<Class>(bundle, visit),
        FileKind::Users => check_as::<User>(bundle, visit),
        FileKind::Roles => check_as::<Role>(bundle, visit),
        FileKind::Enrollments => check_as::<Enrollment>(bundle, visit),
        FileKind::Relationships => check_as::<Relationship>(bundle, visit),
        FileKind::Demographics => check_as::<Demographics>(bundle, visit),
    }
}

fn check_as<R: Record>(
    bundle: &Bundle,
    visit: &mut impl FnMut(FileKind, Row<()>) -> ControlFlow<()>,
) -> Result<FileReport, BundleError> {
    bundle.read::<R>(|Row { line, record, refused_id, bytes }| {
        visit(R::FILE, Row { line, record: record.map(|_| ()), refused_id, bytes })
    })
}
