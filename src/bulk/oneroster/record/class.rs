//! `classes.csv`.

use super::{Record, Status, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::Refusal;

/// Whether a class is a homeroom or on the timetable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClassKind {
    /// Where the day begins; no course in the strict sense.
    Homeroom,
    /// A class on the timetable; every class of School Data Sync.
    Scheduled,
}

/// A course as it is held at a school in certain terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// The class's identifier.
    pub sourced_id: String,
    /// Whether the row brings or deletes it.
    pub status: Status,
    /// Its title.
    pub title: String,
    /// Its code.
    pub code: Option<String>,
    /// Whether it is a homeroom.
    pub kind: ClassKind,
    /// The grades of its students.
    pub grades: Vec<String>,
    /// The course; School Data Sync may leave it out.
    pub course: Option<String>,
    /// The school that holds it.
    pub school: String,
    /// The sessions it is held in; empty only in School Data Sync.
    pub terms: Vec<String>,
    /// Its subjects by name.
    pub subjects: Vec<String>,
    /// Its subjects by code.
    pub subject_codes: Vec<String>,
    /// The room.
    pub location: Option<String>,
    /// The hours of the timetable in which it meets.
    pub periods: Vec<String>,
}

const KINDS: [(&str, ClassKind); 2] =
    [("homeroom", ClassKind::Homeroom), ("scheduled", ClassKind::Scheduled)];

impl Record for Class {
    const FILE: FileKind = FileKind::Classes;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        if fields.format().is_sds() { read_sds(fields) } else { read_one_roster(fields) }
    }
}

fn read_one_roster(fields: &mut Fields<'_>) -> Result<Class, Refusal> {
    Ok(Class {
        sourced_id: fields.id("sourcedId")?,
        status: status::read(fields)?,
        title: fields.required("title")?,
        code: fields.text("classCode")?,
        kind: fields.choice("classType", &KINDS)?,
        grades: fields.texts("grades")?,
        course: Some(fields.id("courseSourcedId")?),
        school: fields.id("schoolSourcedId")?,
        terms: fields.required_ids("termSourcedIds")?,
        subjects: fields.texts("subjects")?,
        subject_codes: fields.texts("subjectCodes")?,
        location: fields.text("location")?,
        periods: fields.texts("periods")?,
    })
}

fn read_sds(fields: &Fields<'_>) -> Result<Class, Refusal> {
    Ok(Class {
        sourced_id: fields.id("sourcedId")?,
        status: Status::Active,
        title: fields.required("title")?,
        code: None,
        kind: ClassKind::Scheduled,
        grades: Vec::new(),
        course: fields.optional_id("courseSourcedId")?,
        school: fields.id("orgSourcedId")?,
        terms: fields.ids("sessionSourcedIds")?,
        subjects: Vec::new(),
        subject_codes: Vec::new(),
        location: None,
        periods: Vec::new(),
    })
}
