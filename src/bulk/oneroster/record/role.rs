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
        let (sourced_id, primary) = if is_sds {
            let primary = fields.optional_boolean("isPrimary")?.unwrap_or(false);
            (format!("{user}/{org}/{}", role.name), primary)
        } else {
            let kinds = [("primary", true), ("secondary", false)];
            (fields.id("sourcedId")?, fields.choice("roleType", &kinds)?)
        };
        Ok(Self {
            sourced_id,
            status: status::read(fields)?,
            user,
            org,
            role,
            primary,
            begin,
            end,
            grade: fields.text("grade")?,
            session: fields.optional_id("sessionSourcedId")?,
        })
    }
}
