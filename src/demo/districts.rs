//! The school side of the demo: two districts and a college.

use std::ops::RangeInclusive;

use entity::district::DistrictKind;

/// A district or college, and where its students go.
pub struct District {
    /// Short name.
    pub slug: &'static str,
    /// Name as people know it.
    pub name: &'static str,
    /// What sort of organisation it is.
    pub kind: DistrictKind,
    /// An identifier of a state that does not exist.
    pub identifier: &'static str,
    /// IANA name of the time zone.
    pub time_zone: &'static str,
    /// Where its addresses lie.
    pub domain: &'static str,
    /// Telephone area.
    pub area_code: &'static str,
    /// How many of a hundred students are here.
    pub share: usize,
    /// Its schools.
    pub schools: &'static [School],
    /// The years that a student spends here: grades, or the years of a college.
    pub grades: RangeInclusive<i32>,
    /// How many of a hundred students are in each of these years, and how many left a year and two
    /// years ago.
    pub cohorts: &'static [usize],
    /// From which of these years on students are placed with partners.
    pub placed_from: i32,
}

/// A school.
pub struct School {
    /// Name as people know it.
    pub name: &'static str,
    /// Its key in the student information system.
    pub key: &'static str,
    /// How many of a hundred students of the district go here.
    pub share: usize,
}

impl District {
    /// Whether its students are adults.
    pub fn is_college(&self) -> bool {
        self.kind == DistrictKind::College
    }

    /// A grade as the roster writes it.
    pub fn grade_level(&self, grade: i32) -> String {
        // Of a college's students the roster knows only that they are past school.
        if self.is_college() { "PS".to_owned() } else { format!("{grade:02}") }
    }
}

const HIGH_SCHOOL: &[usize] = &[21, 20, 19, 18, 12, 10];

/// The districts.
pub static DISTRICTS: [District; 3] = [
    District {
        slug: "riverbend",
        name: "Riverbend Unified School District",
        kind: DistrictKind::District,
        identifier: "9900010",
        time_zone: "America/Denver",
        domain: "riverbend.example.org",
        area_code: "970",
        share: 45,
        schools: &[
            School { name: "Riverbend High School", key: "RHS", share: 62 },
            School { name: "Cottonwood Creek High School", key: "CCHS", share: 38 },
        ],
        grades: 9..=12,
        cohorts: HIGH_SCHOOL,
        placed_from: 11,
    },
    District {
        slug: "summit",
        name: "Summit Valley School District",
        kind: DistrictKind::District,
        identifier: "9900020",
        time_zone: "America/Denver",
        domain: "summit.example.org",
        area_code: "719",
        share: 35,
        schools: &[
            School { name: "Summit Valley High School", key: "SVHS", share: 70 },
            School { name: "Larkspur Career Academy", key: "LCA", share: 30 },
        ],
        grades: 9..=12,
        cohorts: HIGH_SCHOOL,
        placed_from: 11,
    },
    District {
        slug: "lakeshore",
        name: "Lakeshore Community College",
        kind: DistrictKind::College,
        identifier: "9900030",
        time_zone: "America/Chicago",
        domain: "lakeshore.example.org",
        area_code: "920",
        share: 20,
        schools: &[School { name: "Lakeshore Main Campus", key: "LMC", share: 100 }],
        grades: 1..=2,
        cohorts: &[38, 32, 17, 13],
        placed_from: 1,
    },
];
