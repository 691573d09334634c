//! `demographics.csv`.

use super::{Record, Status, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::Refusal;
use chrono::NaiveDate;

/// When a person was born: working hours and hazards depend on it. Sex, race and place of birth
/// stand in the same file and are never read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demographics {
    /// The person.
    pub user: String,
    /// Whether the row brings or deletes it.
    pub status: Status,
    /// The date of birth.
    pub birth_date: Option<NaiveDate>,
}

impl Record for Demographics {
    const FILE: FileKind = FileKind::Demographics;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        let user = if fields.format().is_sds() { "userSourcedId" } else { "sourcedId" };
        Ok(Self {
            user: fields.id(user)?,
            status: status::read(fields)?,
            birth_date: fields.optional_date("birthDate")?,
        })
    }
}
