//! What a person is at an organisation: the formats' many words for our few kinds.

use super::format::Format;
use std::sync::LazyLock;

/// What a person is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PersonKind {
    /// Someone who is taught and placed.
    Student,
    /// A parent, guardian or relative of a student.
    Guardian,
    /// Someone who works for the school or district.
    Staff(StaffKind),
}

/// What a member of staff does, as far as placements care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StaffKind {
    /// Teaches.
    Teacher,
    /// Advises students.
    Counselor,
    /// Arranges work-based learning.
    Coordinator,
    /// Runs a school, a district or its systems.
    Administrator,
    /// Anything else.
    Other,
}

impl StaffKind {
    /// The kind's name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Teacher => "TEACHER",
            Self::Counselor => "COUNSELOR",
            Self::Coordinator => "COORDINATOR",
            Self::Administrator => "ADMINISTRATOR",
            Self::Other => "OTHER",
        }
    }
}

/// A role by its name in the format, and what it makes of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RoleName {
    /// The format's own word.
    pub name: &'static str,
    /// What a person in this role is to us.
    pub person: PersonKind,
}

const STUDENT: PersonKind = PersonKind::Student;
const GUARDIAN: PersonKind = PersonKind::Guardian;
const TEACHER: PersonKind = PersonKind::Staff(StaffKind::Teacher);
const COUNSELOR: PersonKind = PersonKind::Staff(StaffKind::Counselor);
const COORDINATOR: PersonKind = PersonKind::Staff(StaffKind::Coordinator);
const ADMINISTRATOR: PersonKind = PersonKind::Staff(StaffKind::Administrator);
const OTHER: PersonKind = PersonKind::Staff(StaffKind::Other);

const EVERY: [(&str, PersonKind); 7] = [
    ("aide", OTHER),
    ("guardian", GUARDIAN),
    ("parent", GUARDIAN),
    ("proctor", OTHER),
    ("relative", GUARDIAN),
    ("student", STUDENT),
    ("teacher", TEACHER),
];
const ONLY_1P1: [(&str, PersonKind); 1] = [("administrator", ADMINISTRATOR)];
const ONLY_1P2: [(&str, PersonKind); 5] = [
    ("counselor", COUNSELOR),
    ("districtAdministrator", ADMINISTRATOR),
    ("principal", ADMINISTRATOR),
    ("siteAdministrator", ADMINISTRATOR),
    ("systemAdministrator", ADMINISTRATOR),
];
const ONLY_SDS: [(&str, PersonKind); 29] = [
    ("adjunct", TEACHER),
    ("advisor", COUNSELOR),
    ("affiliate", OTHER),
    ("alumni", OTHER),
    ("assistant", OTHER),
    ("chair", ADMINISTRATOR),
    ("coach", OTHER),
    ("coordinator", COORDINATOR),
    ("dean", ADMINISTRATOR),
    ("director", ADMINISTRATOR),
    ("faculty", TEACHER),
    ("instructor", TEACHER),
    ("itAdmin", ADMINISTRATOR),
    ("lecturer", TEACHER),
    ("nurse", OTHER),
    ("occupationalTherapist", OTHER),
    ("officeStaff", OTHER),
    ("other", OTHER),
    ("paraprofessional", OTHER),
    ("physicalTherapist", OTHER),
    ("professor", TEACHER),
    ("researcher", OTHER),
    ("specialServices", OTHER),
    ("speechTherapist", OTHER),
    ("staff", OTHER),
    ("substitute", TEACHER),
    ("teacherAssistant", OTHER),
    ("visionTherapist", OTHER),
    ("volunteer", OTHER),
];
const ENROLLMENT: [(&str, PersonKind); 4] = [
    ("administrator", ADMINISTRATOR),
    ("proctor", OTHER),
    ("student", STUDENT),
    ("teacher", TEACHER),
];

type Words = Vec<(&'static str, RoleName)>;

fn named(words: impl IntoIterator<Item = (&'static str, PersonKind)>) -> Words {
    words.into_iter().map(|(name, person)| (name, RoleName { name, person })).collect()
}

static WORDS_1P1: LazyLock<Words> = LazyLock::new(|| named(EVERY.into_iter().chain(ONLY_1P1)));
static WORDS_1P2: LazyLock<Words> = LazyLock::new(|| named(EVERY.into_iter().chain(ONLY_1P2)));
static WORDS_SDS: LazyLock<Words> =
    LazyLock::new(|| named(EVERY.into_iter().chain(ONLY_1P1).chain(ONLY_1P2).chain(ONLY_SDS)));
static WORDS_ENROLLMENT: LazyLock<Words> = LazyLock::new(|| named(ENROLLMENT));

/// The roles a person may have in this format.
pub(super) fn words(format: Format) -> &'static [(&'static str, RoleName)] {
    match format {
        Format::OneRoster1p1 => &WORDS_1P1,
        Format::OneRoster1p2 => &WORDS_1P2,
        Format::SdsV2 | Format::SdsV2p1 => &WORDS_SDS,
    }
}

/// The roles a person may have in a class.
pub(super) fn enrollment_words(format: Format) -> &'static [(&'static str, RoleName)] {
    if format.is_sds() { words(format) } else { &WORDS_ENROLLMENT }
}

/// A role of OneRoster 1.2 in a file of 1.1: vendors write `principal` there.
pub(super) fn newer(format: Format, word: &str) -> Option<RoleName> {
    let older = format == Format::OneRoster1p1;
    let found = ONLY_1P2.into_iter().find(|(name, _)| older && *name == word)?;
    Some(RoleName { name: found.0, person: found.1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_its_own_words() {
        let count = |format| words(format).len();
        assert_eq!(count(Format::OneRoster1p1), 8);
        assert_eq!(count(Format::OneRoster1p2), 12);
        assert_eq!(count(Format::SdsV2p1), 42);
        assert!(newer(Format::OneRoster1p1, "principal").is_some());
        assert!(newer(Format::OneRoster1p2, "administrator").is_none());
    }
}
