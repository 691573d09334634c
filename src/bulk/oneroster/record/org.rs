//! `orgs.csv`.

use super::{Record, Status, status};
use crate::bulk::oneroster::fields::Fields;
use crate::bulk::oneroster::format::FileKind;
use crate::bulk::oneroster::refusal::{Code, Refusal};

/// What kind of organisation it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrgKind {
    /// A part of a school or university.
    Department,
    /// Where students are taught: schools, colleges, universities.
    School,
    /// A school district or trust.
    District,
    /// A local authority.
    Local,
    /// A state or province.
    State,
    /// A whole country.
    National,
    /// A type that only School Data Sync has and we do not know.
    Other,
}

/// A district, a school, or a part or parent of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Org {
    /// The organisation's identifier.
    pub sourced_id: String,
    /// Whether the row brings or deletes it.
    pub status: Status,
    /// Its name.
    pub name: String,
    /// What kind of organisation it is.
    pub kind: OrgKind,
    /// A number known outside, such as its NCES id.
    pub identifier: Option<String>,
    /// The organisation it belongs to.
    pub parent: Option<String>,
}

const KINDS: [(&str, OrgKind); 6] = [
    ("department", OrgKind::Department),
    ("school", OrgKind::School),
    ("district", OrgKind::District),
    ("local", OrgKind::Local),
    ("state", OrgKind::State),
    ("national", OrgKind::National),
];
const SDS_KINDS: [(&str, OrgKind); 16] = [
    ("academicTrust", OrgKind::District),
    ("adultEducation", OrgKind::School),
    ("campus", OrgKind::School),
    ("college", OrgKind::School),
    ("course", OrgKind::Department),
    ("departmentOfEducation", OrgKind::National),
    ("division", OrgKind::Department),
    ("faculty", OrgKind::Department),
    ("localAuthority", OrgKind::Local),
    ("ministryOfEducation", OrgKind::National),
    ("municipality", OrgKind::Local),
    ("program", OrgKind::Department),
    ("province", OrgKind::State),
    ("region", OrgKind::Local),
    ("researchCenter", OrgKind::Department),
    ("university", OrgKind::School),
];

impl Record for Org {
    const FILE: FileKind = FileKind::Orgs;

    fn read(fields: &mut Fields<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            sourced_id: fields.id("sourcedId")?,
            status: status::read(fields)?,
            name: fields.required("name")?,
            kind: kind(fields)?,
            identifier: fields.text("identifier")?,
            parent: fields.optional_id("parentSourcedId")?,
        })
    }
}

/// School Data Sync lets a school name types of its own; those are taken as other and counted.
fn kind(fields: &mut Fields<'_>) -> Result<OrgKind, Refusal> {
    if !fields.format().is_sds() {
        return fields.choice("type", &KINDS);
    }
    let words: Vec<_> = KINDS.into_iter().chain(SDS_KINDS).collect();
    match fields.choice("type", &words) {
        Err(refusal) if refusal.code == Code::InvalidChoice => {
            fields.let_pass(Code::UnknownOrgType);
            Ok(OrgKind::Other)
        }
        other => other,
    }
}
