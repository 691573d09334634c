//! Students, in the years of their school life, and the adults who answer for them.

use chrono::NaiveDate;
use entity::guardianship::Relationship;

use super::{
    YEARS,
    interests::{self, InterestPlan},
};
use crate::demo::{
    calendar::{SchoolYear, day, shifted},
    courses::Area,
    dice::Dice,
    districts::District,
    person::{Name, People},
};

/// How many of a hundred students learn for each field of work, in the order of the fields.
const INTERESTS: [usize; 11] = [19, 13, 15, 10, 8, 9, 9, 5, 5, 4, 3];

/// A student.
pub struct StudentPlan {
    /// Their key in the student information system.
    pub key: String,
    /// Number the school knows them by.
    pub number: String,
    /// Their name.
    pub name: Name,
    /// Their address at school.
    pub email: String,
    /// Their number, when the school has it.
    pub phone: Option<String>,
    /// Day of birth.
    pub birth_date: NaiveDate,
    /// Their school, by the order of the district's.
    pub school: usize,
    /// The field of work that they learn for.
    pub area: Area,
    /// Who answers for them.
    pub guardians: Vec<GuardianPlan>,
    /// What they tell of their interests, year by year.
    pub interests: [InterestPlan; YEARS],
    /// Their grade in the running year; beyond the last one when they have left.
    grade_now: i32,
    /// The first and last grade of their school.
    grades: (i32, i32),
}

/// An adult who answers for a student.
pub struct GuardianPlan {
    /// Their key in the student information system.
    pub key: String,
    /// Their name.
    pub name: Name,
    /// Their address.
    pub email: String,
    /// Their number.
    pub phone: String,
    /// What they are to the student.
    pub relationship: Relationship,
}

impl StudentPlan {
    /// Their grade in a year of the story, 2 being the running one; none when they are not there.
    pub fn grade(&self, year: usize) -> Option<i32> {
        let back = i32::try_from(2 - year).unwrap_or_default();
        let grade = self.grade_now - back;
        (self.grades.0..=self.grades.1).contains(&grade).then_some(grade)
    }

    /// Full years of age on a day.
    pub fn age(&self, on: NaiveDate) -> i32 {
        on.years_since(self.birth_date).map_or(0, u32::cast_signed)
    }
}

/// The students of a district, those who left included.
pub fn plan(
    seed: u64,
    district: &'static District,
    students: usize,
    running: SchoolYear,
) -> Vec<StudentPlan> {
    let mut maker = Maker {
        seed,
        district,
        running,
        dice: Dice::new(seed, &format!("{} students", district.slug)),
        people: People::new(seed, &format!("{} people", district.slug)),
    };
    (0..students).map(|at| maker.student(at)).collect()
}

struct Maker {
    seed: u64,
    district: &'static District,
    running: SchoolYear,
    dice: Dice,
    people: People,
}

impl Maker {
    fn student(&mut self, at: usize) -> StudentPlan {
        let district = self.district;
        let schools: Vec<_> = district.schools.iter().map(|school| school.share).collect();
        let cohort = self.dice.weighted(district.cohorts);
        let grade_now = district.grades.start() + i32::try_from(cohort).unwrap_or_default();
        let name = self.people.name();
        let key = format!("stu-{:05}", 10_001 + at);
        let number = format!("{:06}", 240_000 + at * 7 + self.dice.below(7));
        let email = self.people.email(&name, &format!("students.{}", district.domain));
        let phone = self.dice.chance(60).then(|| self.people.phone(district.area_code));
        let birth_date = self.birth_date(grade_now);
        let school = self.dice.weighted(&schools);
        let area = Area::ALL[self.dice.weighted(&INTERESTS)];
        StudentPlan {
            number,
            email,
            phone,
            birth_date,
            school,
            area,
            guardians: self.guardians(&name, &key),
            interests: interests::plan(self.seed, &key, area),
            grade_now,
            grades: (*district.grades.start(), *district.grades.end()),
            name,
            key,
        }
    }

    /// Whoever is in grade 9 turned fourteen before it began; a college has students of any age.
    fn birth_date(&mut self, grade_now: i32) -> NaiveDate {
        let years = if self.district.is_college() {
            let older = [0, 0, 0, 1, 1, 2, 4, 7, 13];
            17 + grade_now + *self.dice.pick(&older)
        } else {
            5 + grade_now
        };
        let youngest = day(self.running.ends - 1 - years, 8, 31);
        shifted(youngest, -self.dice.between(0, 364))
    }

    fn guardians(&mut self, student: &Name, key: &str) -> Vec<GuardianPlan> {
        // An adult student rarely names anybody.
        let weights = if self.district.is_college() { [82, 15, 3] } else { [0, 38, 62] };
        let count = self.dice.weighted(&weights);
        let guardian = |at| {
            let name = self.people.relative(student);
            let relationship = match self.dice.below(100) {
                0..88 => Relationship::Parent,
                88..95 => Relationship::Guardian,
                95..99 => Relationship::Relative,
                _ => Relationship::Other,
            };
            GuardianPlan {
                key: format!("{}-g{}", key.replace("stu", "par"), at + 1),
                email: self.people.email(&name, "families.example.org"),
                phone: self.people.phone(self.district.area_code),
                name,
                relationship,
            }
        };
        (0..count).map(guardian).collect()
    }
}
