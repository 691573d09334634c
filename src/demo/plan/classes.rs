//! The classes of a year, who sits in them and what comes of it.

use entity::staff::StaffKind;

use super::{DistrictPlan, Plan, YEARS};
use crate::demo::{
    calendar::{SchoolYear, Span},
    courses::{Course, SEMINAR},
    dice::Dice,
};

/// Seats of a class.
const SEATS: usize = 26;
/// Final grades, and how many of a hundred students get each.
const GRADES: [(&str, usize); 8] =
    [("A", 27), ("A-", 13), ("B+", 14), ("B", 18), ("B-", 9), ("C", 13), ("D", 4), ("F", 2)];

/// One taking of a course.
pub struct ClassPlan {
    /// Its key in the student information system.
    pub key: String,
    /// Code on the timetable.
    pub code: String,
    /// Its school, by the order of the district's.
    pub school: usize,
    /// Its course, by the order of the catalogue.
    pub course: usize,
    /// Its teachers, by the order of the staff.
    pub teachers: Vec<usize>,
    /// When it meets.
    pub term: Term,
    /// Room.
    pub room: String,
    /// Hour of the timetable.
    pub period: String,
    /// Who sits in it, by the order of the students, and the final grade in the end.
    pub seats: Vec<(usize, &'static str)>,
}

/// The part of a year in which a class meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// All of it.
    Year,
    /// The first semester.
    Fall,
    /// The second semester.
    Spring,
}

impl Term {
    /// The days of the term.
    pub fn span(self, year: SchoolYear) -> Span {
        match self {
            Self::Year => year.whole(),
            Self::Fall => year.fall(),
            Self::Spring => year.spring(),
        }
    }
}

/// The classes of a district, year by year.
pub fn plan(seed: u64, plan: &Plan, district: usize) -> [Vec<ClassPlan>; YEARS] {
    let of = &plan.districts[district];
    let mut dice = Dice::new(seed, &format!("{} classes", of.profile.slug));
    std::array::from_fn(|year| {
        let placed: Vec<_> = plan
            .placements
            .iter()
            .filter(|one| one.year == year && one.district == district && one.is_matched())
            .map(|one| one.student)
            .collect();
        let timetable = Timetable { of, year, ends: plan.years[year].ends, placed };
        timetable.classes(&mut dice)
    })
}

struct Timetable<'p> {
    of: &'p DistrictPlan,
    year: usize,
    /// The year in which the school year ends, for the keys.
    ends: i32,
    /// Students with a placement, who take the seminar.
    placed: Vec<usize>,
}

impl Timetable<'_> {
    fn classes(&self, dice: &mut Dice) -> Vec<ClassPlan> {
        let mut classes = Vec::new();
        for school in 0..self.of.profile.schools.len() {
            for (at, course) in self.of.courses.iter().enumerate() {
                let takers = self.takers(school, course);
                for (section, seats) in takers.chunks(SEATS).enumerate() {
                    classes.push(self.class(dice, (school, at, section + 1), seats));
                }
            }
        }
        classes
    }

    fn takers(&self, school: usize, course: &Course) -> Vec<usize> {
        let takes = |(at, student): &(usize, &super::StudentPlan)| {
            let Some(grade) = student.grade(self.year) else { return false };
            let fits = match course.code {
                SEMINAR => self.placed.contains(at),
                _ => grade == course.grade && course.area.is_none_or(|area| area == student.area),
            };
            student.school == school && fits
        };
        self.of.students.iter().enumerate().filter(takes).map(|(at, _)| at).collect()
    }

    fn class(
        &self,
        dice: &mut Dice,
        (school, course, section): (usize, usize, usize),
        students: &[usize],
    ) -> ClassPlan {
        let weights = GRADES.map(|(_, weight)| weight);
        let seats = students.iter().map(|at| (*at, GRADES[dice.weighted(&weights)].0)).collect();
        let code = format!("{}-{section}", self.of.courses[course].code);
        let is_college = self.of.profile.is_college();
        ClassPlan {
            key: format!("{}-{}-{code}", self.ends, self.of.profile.schools[school].key),
            code,
            school,
            course,
            teachers: self.teachers(dice, school),
            term: match (is_college, course % 2) {
                (false, _) => Term::Year,
                (true, 0) => Term::Fall,
                (true, _) => Term::Spring,
            },
            room: format!("{}{:02}", dice.between(1, 3), dice.between(1, 40)),
            period: dice.between(1, 7).to_string(),
            seats,
        }
    }

    /// A teacher of the school; now and then two share a class.
    fn teachers(&self, dice: &mut Dice, school: usize) -> Vec<usize> {
        let staff = self.of.staff.iter().enumerate();
        let mut teachers: Vec<_> = staff
            .filter(|(_, one)| one.kind == StaffKind::Teacher && one.school == Some(school))
            .map(|(at, _)| at)
            .collect();
        dice.shuffle(&mut teachers);
        teachers.truncate(if dice.chance(8) { 2 } else { 1 });
        teachers
    }
}
