//! Reading a district's roster files: OneRoster 1.1 and 1.2 CSV and Microsoft School Data Sync.
//!
//! A [`Bundle`] is a zip file or a folder of CSV files. Opening it answers every question that can
//! be asked before the first row: which format it is, which files belong to it, whether they are
//! bulk or delta, whether their headers are right ([`Plan`]). Reading it then goes file by file and
//! row by row: each row reaches the visitor as a typed [`Record`] or as a [`Refusal`] that names
//! file, line, column and reason. One row is held at a time, so memory stays flat whatever the
//! size of the district.
//!
//! ```no_run
//! use pathbridge::bulk::oneroster::{Bundle, User};
//! use std::{ops::ControlFlow, path::Path};
//!
//! let bundle = Bundle::open(Path::new("district.zip"))?;
//! println!("{} of {} bytes", bundle.plan().format, bundle.plan().total_bytes());
//! let report = bundle.read::<User>(|row| {
//!     match row.record {
//!         Ok(user) => println!("{}: {}", row.line, user.sourced_id),
//!         Err(refusal) => eprintln!("{refusal}"),
//!     }
//!     ControlFlow::Continue(())
//! })?;
//! println!("{} rows, {} refused", report.rows, report.refused);
//! # Ok::<(), pathbridge::bulk::oneroster::BundleError>(())
//! ```
//!
//! How a byte becomes a record: `source` lists and opens the files (`archive` guards zips),
//! `screen` lets only clean UTF-8 text through and bounds every field, `table` cuts it into rows,
//! `header` matches the first row with the `columns` of the format, `fields` applies the rules of
//! one value each, `record` has one file per kind of row. Passwords, flags and every column we have
//! no use for end there: no record has a place for them.
//!
//! Nothing in this module knows the database. References between rows are checked by whoever
//! writes them.

mod archive;
mod bundle;
mod columns;
mod detect;
mod fields;
mod format;
mod header;
mod limits;
mod manifest;
mod opening;
mod plan;
mod reading;
mod record;
mod refusal;
mod role;
mod screen;
mod source;
mod table;
#[cfg(test)]
mod tests;

pub use bundle::{Bundle, Options, Strictness};
pub use fields::Fields;
pub use format::{FileKind, Format, Mode};
pub use limits::{
    Limits, MAX_ENTRIES, MAX_ENTRY_BYTES, MAX_FIELD_BYTES, MAX_RATIO, MAX_ROW_BYTES,
    MAX_TOTAL_BYTES, RATIO_FREE_BYTES,
};
pub use plan::{FilePlan, Note, Plan};
pub use reading::{FileReport, Row};
pub use record::{
    Class, ClassKind, Course, Demographics, Enrollment, InlineRole, Org, OrgKind, Record, Relation,
    Relationship, Role, Session, SessionKind, Status, User, UserId,
};
pub use refusal::{BundleError, Code, Refusal};
pub use role::{PersonKind, RoleName, StaffKind};
