//! `courses.csv`.

use super::{Record, Status, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::Refusal;

/// What is taught, apart from when and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// The course's identifier.
    pub sourced_id: String,
    /// Whether the row brings or deletes it.
    pub status: Status,
    /// Its title.
    pub title: String,
    /// Its code in the catalogue.
    pub code: Option<String>,
    /// The grades it is meant for.
    pub grades: Vec<String>,
    /// The organisation that offers it.
    pub org: String,
    /// The school year it is offered in.
    pub school_year: Option<String>,
    /// Its subjects by name.
    pub subjects: Vec<String>,
    /// Its subjects by code.
    pub subject_codes: Vec<String>,
}

impl Record for Course {
    const FILE: FileKind = FileKind::Courses;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        let [code, grades, subjects] = if fields.format().is_sds() {
            ["code", "grade", "subject"]
        } else {
            ["courseCode", "grades", "subjects"]
        };
        Ok(Self {
            sourced_id: fields.id("sourcedId")?,
            status: status::read(fields)?,
            title: fields.required("title")?,
            code: fields.text(code)?,
            grades: fields.texts(grades)?,
            org: fields.id("orgSourcedId")?,
            school_year: fields.optional_id("schoolYearSourcedId")?,
            subjects: fields.texts(subjects)?,
            subject_codes: fields.texts("subjectCodes")?,
        })
    }
}
