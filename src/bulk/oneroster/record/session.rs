//! `academicSessions.csv`.

use super::{Record, Status, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::{Code, Refusal};
use chrono::NaiveDate;

/// What kind of stretch of time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SessionKind {
    /// The time one set of grades is given for.
    GradingPeriod,
    /// Half a school year.
    Semester,
    /// A whole school year.
    SchoolYear,
    /// Any other part of a school year; School Data Sync's quarters and trimesters too.
    Term,
}

/// A school year or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The session's identifier.
    pub sourced_id: String,
    /// Whether the row brings or deletes it.
    pub status: Status,
    /// Its title.
    pub title: String,
    /// What kind of stretch of time it is.
    pub kind: SessionKind,
    /// Its first day.
    pub start: NaiveDate,
    /// The first day after it.
    pub end: NaiveDate,
    /// The session it is part of.
    pub parent: Option<String>,
    /// The year in which its school year ends; School Data Sync leaves open which year is meant.
    pub school_year: u16,
}

const KINDS: [(&str, SessionKind); 4] = [
    ("gradingPeriod", SessionKind::GradingPeriod),
    ("semester", SessionKind::Semester),
    ("schoolYear", SessionKind::SchoolYear),
    ("term", SessionKind::Term),
];
const SDS_KINDS: [(&str, SessionKind); 4] = [
    ("quarter", SessionKind::Term),
    ("trimester", SessionKind::Term),
    ("quadmester", SessionKind::Term),
    ("year", SessionKind::SchoolYear),
];

impl Record for Session {
    const FILE: FileKind = FileKind::AcademicSessions;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        let later = if fields.format().is_sds() { SDS_KINDS.as_slice() } else { &[] };
        let kinds: Vec<_> = KINDS.iter().chain(later).copied().collect();
        let session = Self {
            sourced_id: fields.id("sourcedId")?,
            status: status::read(fields)?,
            title: fields.required("title")?,
            kind: fields.choice("type", &kinds)?,
            start: fields.date("startDate")?,
            end: fields.date("endDate")?,
            parent: fields.optional_id("parentSourcedId")?,
            school_year: fields.year("schoolYear")?,
        };
        if session.end <= session.start {
            let reason = "endDate is the first day after the session and must lie after startDate";
            return Err(fields.refuse("endDate", Code::DateOrder, reason));
        }
        Ok(session)
    }
}
