//! `enrollments.csv`.

use super::{Record, Status, period, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::Refusal;
use crate::bulk::oneroster::role::{self, RoleName};
use chrono::NaiveDate;

/// A person in a class, as student or as staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// The enrollment's identifier. School Data Sync has none: `class/user/role` takes its place.
    pub sourced_id: String,
    /// Whether the row brings or deletes it.
    pub status: Status,
    /// The class.
    pub class: String,
    /// The school; School Data Sync leaves it to the class.
    pub school: Option<String>,
    /// The person.
    pub user: String,
    /// What the person is in the class.
    pub role: RoleName,
    /// Whether the person is the one who answers for the class.
    pub primary: bool,
    /// The first day.
    pub begin: Option<NaiveDate>,
    /// The first day after it.
    pub end: Option<NaiveDate>,
}

impl Record for Enrollment {
    const FILE: FileKind = FileKind::Enrollments;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        let is_sds = fields.format().is_sds();
        let (class, user) = (fields.id("classSourcedId")?, fields.id("userSourcedId")?);
        let role = fields.choice("role", role::enrollment_words(fields.format()))?;
        let (begin, end) = period::read(fields, "beginDate", "endDate")?;
        let (sourced_id, school) = if is_sds {
            (format!("{class}/{user}/{}", role.name), None)
        } else {
            (fields.id("sourcedId")?, Some(fields.id("schoolSourcedId")?))
        };
        Ok(Self {
            sourced_id,
            status: status::read(fields)?,
            class,
            school,
            user,
            role,
            primary: fields.optional_boolean("primary")?.unwrap_or(false),
            begin,
            end,
        })
    }
}
