//! The people who guide and teach.

use entity::staff::StaffKind;

use crate::demo::{
    districts::District,
    person::{Name, People},
};

/// Students that one counselor guides.
const PER_COUNSELOR: usize = 120;
/// Students for each teacher.
const PER_TEACHER: usize = 18;

/// A member of staff.
pub struct StaffPlan {
    /// Their key in the student information system.
    pub key: String,
    /// Their name.
    pub name: Name,
    /// Their address.
    pub email: String,
    /// What they do.
    pub kind: StaffKind,
    /// Where, by the order of the schools; none when they serve the whole district.
    pub school: Option<usize>,
}

/// Coordinators for the district; administrators, counselors and teachers for each school.
pub fn plan(seed: u64, district: &District, students: usize) -> Vec<StaffPlan> {
    let mut posts = vec![(StaffKind::Coordinator, None); 2];
    for (at, school) in district.schools.iter().enumerate() {
        let here = students * school.share / 100;
        posts.push((StaffKind::Administrator, Some(at)));
        let counselors = 1 + here / PER_COUNSELOR;
        posts.extend(vec![(StaffKind::Counselor, Some(at)); counselors]);
        let teachers = 4 + here / PER_TEACHER;
        posts.extend(vec![(StaffKind::Teacher, Some(at)); teachers]);
    }
    let mut people = People::new(seed, &format!("{} staff", district.slug));
    let member = |(at, (kind, school)): (usize, (StaffKind, Option<usize>))| {
        let name = people.name();
        let email = people.email(&name, &format!("staff.{}", district.domain));
        StaffPlan { key: format!("staff-{:04}", at + 1), name, email, kind, school }
    };
    posts.into_iter().enumerate().map(member).collect()
}
