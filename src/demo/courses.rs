//! What the schools teach: the core that everybody takes, and a road of courses for each field of
//! work, so that a placement meets a student who has learned something of it.

mod college;
mod school;

/// A field of work, with its road of courses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Area {
    /// Care of patients.
    Health,
    /// Making things of metal and keeping machines running.
    Manufacturing,
    /// Software and networks.
    Information,
    /// Teaching and the early years.
    Education,
    /// Social work.
    HumanServices,
    /// Building and drawing buildings.
    Construction,
    /// Offices, money, marketing.
    Business,
    /// Plants and land.
    Agriculture,
    /// Kitchens and guests.
    Hospitality,
    /// Emergencies and the law.
    PublicSafety,
    /// Vehicles and goods on their way.
    Transportation,
}

impl Area {
    /// All fields.
    pub const ALL: [Self; 11] = [
        Self::Health,
        Self::Manufacturing,
        Self::Information,
        Self::Education,
        Self::HumanServices,
        Self::Construction,
        Self::Business,
        Self::Agriculture,
        Self::Hospitality,
        Self::PublicSafety,
        Self::Transportation,
    ];

    /// The field as a course catalogue calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Health => "Health Science",
            Self::Manufacturing => "Advanced Manufacturing",
            Self::Information => "Information Technology",
            Self::Education => "Education and Training",
            Self::HumanServices => "Human Services",
            Self::Construction => "Architecture and Construction",
            Self::Business => "Business and Finance",
            Self::Agriculture => "Agriculture and Natural Resources",
            Self::Hospitality => "Hospitality and Culinary Arts",
            Self::PublicSafety => "Law and Public Safety",
            Self::Transportation => "Transportation and Logistics",
        }
    }
}

/// A course of a catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// The grade, or the year of college, in which students take it.
    pub grade: i32,
    /// The field of work that it belongs to; none for the core.
    pub area: Option<Area>,
    /// Code in the catalogue; also its key.
    pub code: &'static str,
    /// Name in the catalogue.
    pub title: &'static str,
    /// Field of study.
    pub subject: &'static str,
}

/// What gives credit for a placement.
pub const SEMINAR: &str = "WBL-400";

/// The catalogue of a school district, or of a college.
pub fn catalogue(is_college: bool) -> Vec<Course> {
    if is_college { college::courses() } else { school::courses() }
}

const fn core(
    grade: i32,
    code: &'static str,
    title: &'static str,
    subject: &'static str,
) -> Course {
    Course { grade, area: None, code, title, subject }
}

const fn career(grade: i32, area: Area, code: &'static str, title: &'static str) -> Course {
    Course { grade, area: Some(area), code, title, subject: "Career and Technical Education" }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Area, SEMINAR, catalogue};

    #[test]
    fn every_field_has_a_road_and_codes_are_unique() {
        for (is_college, grades) in [(false, 10..=12), (true, 1..=2)] {
            let courses = catalogue(is_college);
            let codes: HashSet<_> = courses.iter().map(|course| course.code).collect();
            assert_eq!(codes.len(), courses.len());
            assert!(codes.contains(SEMINAR));
            for area in Area::ALL {
                for grade in grades.clone() {
                    let on_the_road = |course: &&super::Course| {
                        course.area == Some(area) && course.grade == grade
                    };
                    assert_eq!(courses.iter().filter(on_the_road).count(), 1, "{area:?} {grade}");
                }
            }
        }
    }
}
