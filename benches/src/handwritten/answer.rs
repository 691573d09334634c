//! The answer, typed; texts are borrowed from the rows until they are written.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use tokio_postgres::{Error, Row};
use uuid::Uuid;

use crate::id::Id;

#[derive(Debug, Serialize)]
pub(super) struct Answer<'a> {
    pub data: Data<'a>,
}

#[derive(Debug, Serialize)]
pub(super) struct Data<'a> {
    pub placements: Connection<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Connection<'a> {
    pub nodes: Vec<Placement<'a>>,
    pub page_info: PageInfo,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfo {
    pub has_next_page: bool,
    pub end_cursor: Option<Uuid>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Placement<'a> {
    id: Id,
    kind: &'a str,
    state: &'a str,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    goal_minutes: Option<i32>,
    is_paid: bool,
    #[serde(serialize_with = "instant")]
    updated_at: DateTime<Utc>,
    pub student: Option<Student<'a>>,
    pub partner: Option<Partner<'a>>,
    pub mentor: Option<Mentor<'a>>,
    pub time_entries: TimeEntries<'a>,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Student<'a> {
    id: Id,
    given_name: &'a str,
    family_name: &'a str,
    grade_level: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Partner<'a> {
    id: Id,
    name: &'a str,
    kind: &'a str,
}

#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Mentor<'a> {
    id: Id,
    given_name: &'a str,
    family_name: &'a str,
}

#[derive(Debug, Default, Serialize)]
pub(super) struct TimeEntries<'a> {
    pub nodes: Vec<TimeEntry<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TimeEntry<'a> {
    id: Id,
    worked_on: NaiveDate,
    minutes: i32,
    category: &'a str,
    state: &'a str,
}

impl<'a> Placement<'a> {
    /// A row of [`super::statements::PLACEMENTS`], still without the others.
    pub(super) fn read(row: &'a Row) -> Result<Self, Error> {
        Ok(Self {
            id: Id("placement", row.try_get(0)?),
            kind: row.try_get(1)?,
            state: row.try_get(2)?,
            starts_on: row.try_get(3)?,
            ends_on: row.try_get(4)?,
            goal_minutes: row.try_get(5)?,
            is_paid: row.try_get(6)?,
            updated_at: row.try_get(7)?,
            student: None,
            partner: None,
            mentor: None,
            time_entries: TimeEntries::default(),
        })
    }
}

impl<'a> Student<'a> {
    pub(super) fn read(row: &'a Row) -> Result<Self, Error> {
        Ok(Self {
            id: Id("student", row.try_get(0)?),
            given_name: row.try_get(1)?,
            family_name: row.try_get(2)?,
            grade_level: row.try_get(3)?,
        })
    }
}

impl<'a> Partner<'a> {
    pub(super) fn read(row: &'a Row) -> Result<Self, Error> {
        Ok(Self {
            id: Id("partner", row.try_get(0)?),
            name: row.try_get(1)?,
            kind: row.try_get(2)?,
        })
    }
}

impl<'a> Mentor<'a> {
    pub(super) fn read(row: &'a Row) -> Result<Self, Error> {
        Ok(Self {
            id: Id("contact", row.try_get(0)?),
            given_name: row.try_get(1)?,
            family_name: row.try_get(2)?,
        })
    }
}

impl<'a> TimeEntry<'a> {
    /// A row of [`super::statements::TIME_ENTRIES`], behind the key of its placement.
    pub(super) fn read(row: &'a Row) -> Result<Self, Error> {
        Ok(Self {
            id: Id("hours", row.try_get(1)?),
            worked_on: row.try_get(2)?,
            minutes: row.try_get(3)?,
            category: row.try_get(4)?,
            state: row.try_get(5)?,
        })
    }
}

fn instant<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Micros, true))
}
