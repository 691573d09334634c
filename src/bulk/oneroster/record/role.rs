//! `roles.csv`.

use super::{Record, Status, period, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::Refusal;
use crate::bulk::oneroster::role::RoleName;
use chrono::NaiveDate;

/// What a person is at an organisation, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The role's identifier. School Data Sync has none: `user/org/role` takes its place.
    pub sourced_id: String,
    /// Whether the row brings or deletes it.
    pub status: Status,
    /// The person.
    pub user: String,
    /// The organisation.
    pub org: String,
    /// What the person is there.
    pub role: RoleName,
    /// Whether it is the person's main role there.
    pub primary: bool,
    /// The first day.
    pub begin: Option<NaiveDate>,
    /// The first day after it.
    pub end: Option<NaiveDate>,
    /// The grade (School Data Sync, where it stands with the role).
    pub grade: Option<String>,
    /// The session it is held in (School Data Sync).
    pub session: Option<String>,
}

impl Record for Role {
    const FILE: FileKind = FileKind::Roles;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        let is_sds = fields.format().is_sds();
        let (user, org) = (fields.id("userSourcedId")?, fields.id("orgSourcedId")?);
        let role = fields.role("role")?;
        let (begin_column, end_column) =
            if is_sds { ("roleStartDate", "roleEndDate") } else { ("beginDate", "endDate") };
        let (begin, end) = period::read(fields, begin_column, end_column)?;
        Ok(Self {
            sourced_id: match is_sds {
                true => format!("{user}/{org}/{}", role.name),
                false => fields.id("sourcedId")?,
            },
            status: status::read(fields)?,
            primary: match is_sds {
                true => fields.optional_boolean("isPrimary")?.unwrap_or(false),
                false => fields.choice("roleType", &[("primary", true), ("secondary", false)])?,
            },
            user,
            org,
            role,
            begin,
            end,
            grade: fields.text("grade")?,
            session: fields.optional_id("sessionSourcedId")?,
        })
    }
}
