//! `relationships.csv` of School Data Sync.

use super::Record;
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::Refusal;

/// What a contact is to a student.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Mother or father.
    Parent,
    /// Legal guardian.
    Guardian,
    /// Another member of the family.
    Relative,
    /// Someone else: an aide, a doctor.
    Other,
}

/// A student and one of the student's contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The student.
    pub student: String,
    /// The contact: a user too, often without any role.
    pub contact: String,
    /// What the contact is to the student.
    pub relation: Relation,
}

const RELATIONS: [(&str, Relation); 7] = [
    ("parent", Relation::Parent),
    ("guardian", Relation::Guardian),
    ("relative", Relation::Relative),
    ("aide", Relation::Other),
    ("doctor", Relation::Other),
    ("child", Relation::Other),
    ("other", Relation::Other),
];

impl Record for Relationship {
    const FILE: FileKind = FileKind::Relationships;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            student: fields.id("userSourcedId")?,
            contact: fields.id("relationshipUserSourcedId")?,
            relation: fields.choice("relationshipRole", &RELATIONS)?,
        })
    }
}
