//! The formats we read, their files, and what a file claims to be.

use std::fmt;

/// The format a bundle was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// OneRoster 1.1 CSV: the role stands in `users.csv`.
    OneRoster1p1,
    /// OneRoster 1.2 CSV: roles have a file of their own.
    OneRoster1p2,
    /// Microsoft School Data Sync, the older layout of four files.
    SdsV2,
    /// Microsoft School Data Sync v2.1.
    SdsV2p1,
}

impl Format {
    /// Whether this is one of Microsoft's layouts: no manifest, no status columns, values in any
    /// case.
    #[must_use]
    pub fn is_sds(self) -> bool {
        matches!(self, Self::SdsV2 | Self::SdsV2p1)
    }

    /// The name an operator knows the format by.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OneRoster1p1 => "OneRoster 1.1",
            Self::OneRoster1p2 => "OneRoster 1.2",
            Self::SdsV2 => "School Data Sync v2",
            Self::SdsV2p1 => "School Data Sync v2.1",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// A file we read, in the order in which its rows can be written: what a row refers to comes
/// before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// `orgs.csv`: districts, schools, departments.
    Orgs,
    /// `academicSessions.csv`: school years, terms, grading periods.
    AcademicSessions,
    /// `courses.csv`: what is taught.
    Courses,
    /// `classes.csv`: a course as it is held at a school.
    Classes,
    /// `users.csv`: everyone.
    Users,
    /// `roles.csv`: who is what, where.
    Roles,
    /// `enrollments.csv`: who sits or stands in which class.
    Enrollments,
    /// `relationships.csv`: a student's contacts (School Data Sync only).
    Relationships,
    /// `demographics.csv`: only the birth date is read.
    Demographics,
}

impl FileKind {
    /// Every file we read, in writing order.
    pub const ALL: [Self; 9] = [
        Self::Orgs,
        Self::AcademicSessions,
        Self::Courses,
        Self::Classes,
        Self::Users,
        Self::Roles,
        Self::Enrollments,
        Self::Relationships,
        Self::Demographics,
    ];

    /// The file's name without `.csv`, as the manifest spells it.
    #[must_use]
    pub fn stem(self) -> &'static str {
        match self {
            Self::Orgs => "orgs",
            Self::AcademicSessions => "academicSessions",
            Self::Courses => "courses",
            Self::Classes => "classes",
            Self::Users => "users",
            Self::Roles => "roles",
            Self::Enrollments => "enrollments",
            Self::Relationships => "relationships",
            Self::Demographics => "demographics",
        }
    }

    /// The file's full name.
    #[must_use]
    pub fn file_name(self) -> String {
        format!("{}.csv", self.stem())
    }

    /// The kind with this stem, if we read such a file.
    #[must_use]
    pub fn of_stem(stem: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.stem() == stem)
    }
}

/// What the rows of a file mean for the rows it leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The file is everything: what it leaves out is gone.
    Bulk,
    /// The file is what changed: what it leaves out stays as it is.
    Delta,
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bulk => "bulk",
            Self::Delta => "delta",
        })
    }
}
