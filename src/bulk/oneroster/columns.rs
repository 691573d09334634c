//! The files and columns of each format, as the specifications list them.

use super::format::{FileKind, Format};

/// A column of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub name: &'static str,
    /// Whether the header must have it.
    pub required: bool,
}

/// The columns of a file in their standard order; none when the format has no such file.
pub(super) fn columns(format: Format, kind: FileKind) -> Option<Vec<Column>> {
    let list = match format {
        Format::OneRoster1p1 => v1p1(kind)?,
        Format::OneRoster1p2 => v1p2(kind)?,
        Format::SdsV2 => sds_v2(kind)?,
        Format::SdsV2p1 => sds_v2p1(kind),
    };
    let column = |word: &'static str| match word.strip_suffix('*') {
        Some(name) => Column { name, required: true },
        None => Column { name: word, required: false },
    };
    Some(list.split_ascii_whitespace().map(column).collect())
}

fn v1p1(kind: FileKind) -> Option<&'static str> {
    Some(match kind {
        FileKind::Orgs => {
            "sourcedId* status dateLastModified name* type* identifier parentSourcedId"
        }
        FileKind::AcademicSessions => {
            "sourcedId* status dateLastModified title* type* startDate* endDate* parentSourcedId \
             schoolYear*"
        }
        FileKind::Courses => {
            "sourcedId* status dateLastModified schoolYearSourcedId title* courseCode grades \
             orgSourcedId* subjects subjectCodes"
        }
        FileKind::Classes => {
            "sourcedId* status dateLastModified title* grades courseSourcedId* classCode \
             classType* location schoolSourcedId* termSourcedIds* subjects subjectCodes periods"
        }
        FileKind::Users => {
            "sourcedId* status dateLastModified enabledUser* orgSourcedIds* role* username* \
             userIds givenName* familyName* middleName identifier email sms phone \
             agentSourcedIds grades password"
        }
        FileKind::Enrollments => {
            "sourcedId* status dateLastModified classSourcedId* schoolSourcedId* userSourcedId* \
             role* primary beginDate endDate"
        }
        FileKind::Demographics => {
            "sourcedId* status dateLastModified birthDate sex americanIndianOrAlaskaNative asian \
             blackOrAfricanAmerican nativeHawaiianOrOtherPacificIslander white \
             demographicRaceTwoOrMoreRaces hispanicOrLatinoEthnicity countryOfBirthCode \
             stateOfBirthAbbreviation cityOfBirth publicSchoolResidenceStatus"
        }
        FileKind::Roles | FileKind::Relationships => return None,
    })
}

fn v1p2(kind: FileKind) -> Option<&'static str> {
    Some(match kind {
        FileKind::Users => {
            "sourcedId* status dateLastModified enabledUser* username* userIds givenName* \
             familyName* middleName identifier email sms phone agentSourcedIds grades password \
             userMasterIdentifier resourceSourcedIds preferredGivenName preferredMiddleName \
             preferredFamilyName primaryOrgSourcedId pronouns"
        }
        FileKind::Roles => {
            "sourcedId* status dateLastModified userSourcedId* roleType* role* beginDate endDate \
             orgSourcedId* userProfileSourcedId"
        }
        other => return v1p1(other),
    })
}

fn sds_v2(kind: FileKind) -> Option<&'static str> {
    Some(match kind {
        FileKind::Orgs => "sourcedId* name* type* parentSourcedId",
        FileKind::Classes => "sourcedId* orgSourcedId* title*",
        FileKind::Users => {
            "sourcedId* orgSourcedIds* givenName* familyName* username password role* grade \
             email phone sms activeDirectoryMatchId"
        }
        FileKind::Enrollments => "classSourcedId* userSourcedId* role*",
        _ => return None,
    })
}

fn sds_v2p1(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Orgs => "sourcedId* name* type* parentSourcedId",
        FileKind::AcademicSessions => "sourcedId* title* type* schoolYear* startDate* endDate*",
        FileKind::Courses => {
            "sourcedId* orgSourcedId* title* code schoolYearSourcedId subject grade"
        }
        FileKind::Classes => "sourcedId* orgSourcedId* title* sessionSourcedIds courseSourcedId",
        FileKind::Users => {
            "sourcedId* username givenName* familyName* password activeDirectoryMatchId email \
             phone sms"
        }
        FileKind::Roles => {
            "userSourcedId* orgSourcedId* role* sessionSourcedId grade isPrimary roleStartDate \
             roleEndDate"
        }
        FileKind::Enrollments => "classSourcedId* userSourcedId* role*",
        FileKind::Relationships => "userSourcedId* relationshipUserSourcedId* relationshipRole*",
        FileKind::Demographics => {
            "userSourcedId* sex birthDate birthCity birthState birthCountry ethnicityCodes \
             raceCodes"
        }
    }
}

/// Files of a format that we know and make no use of: gradebook, resources, profiles, flags.
const NOT_READ_1P1: [&str; 6] =
    ["categories", "classResources", "courseResources", "lineItems", "resources", "results"];
const NOT_READ_1P2: [&str; 7] = [
    "lineItemLearningObjectiveIds",
    "lineItemScoreScales",
    "resultLearningObjectiveIds",
    "resultScoreScales",
    "scoreScales",
    "userProfiles",
    "userResources",
];

/// Every file that a manifest of this version lists, by stem.
pub(super) fn manifest_stems(format: Format) -> Vec<&'static str> {
    let read = FileKind::ALL.into_iter().filter(|&kind| columns(format, kind).is_some());
    let later: &[&str] = if format == Format::OneRoster1p2 { &NOT_READ_1P2 } else { &[] };
    read.map(FileKind::stem).chain(NOT_READ_1P1).chain(later.iter().copied()).collect()
}

/// A word of a file put in quotes for a message, when it is a harmless name; a person's data
/// could stand where a name was expected.
pub(super) fn quoted(word: &str) -> String {
    let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if !word.is_empty() && word.len() <= 64 && word.chars().all(harmless) {
        format!("`{word}`")
    } else {
        "a word we do not repeat".to_owned()
    }
}
