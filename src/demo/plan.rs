//! What will be told: who lives in the demo, and what happens to them, day by day.
//!
//! A plan is pure data, made from the seed, the number of students and the day of today. Nothing of
//! it is written yet, so it can be looked at as a whole: how many seats an opening needs is known
//! before the opening is offered.

mod classes;
mod hours;
mod interests;
mod outcome;
mod placements;
mod scenes;
mod staff;
mod students;

use chrono::{DateTime, NaiveDate, Utc};

pub use classes::{ClassPlan, Term};
pub use hours::{Fate, Workday};
pub use interests::{InterestPlan, first_occupation};
pub use outcome::Outcome;
pub use placements::PlacementPlan;
pub use scenes::{Scene, scenes};
pub use staff::StaffPlan;
pub use students::{GuardianPlan, StudentPlan};

use super::{
    calendar::SchoolYear,
    courses::{Course, catalogue},
    districts::District,
    partners::{Agreement, PARTNERS, Partner},
    person::{Name, People},
};

/// The school years of the story, the running one last.
pub const YEARS: usize = 3;

/// Everything that will be told.
pub struct Plan {
    /// When the story ends: now.
    pub now: DateTime<Utc>,
    /// The school years, the running one last.
    pub years: [SchoolYear; YEARS],
    /// The districts, in the order in which partners name their agreements.
    pub districts: Vec<DistrictPlan>,
    /// The partners, in the order of [`PARTNERS`].
    pub partners: Vec<PartnerPlan>,
    /// The placements, in the order of the years.
    pub placements: Vec<PlacementPlan>,
}

/// A district and its people.
pub struct DistrictPlan {
    /// The district.
    pub profile: &'static District,
    /// Who guides and teaches.
    pub staff: Vec<StaffPlan>,
    /// Who learns, or did.
    pub students: Vec<StudentPlan>,
    /// What is taught.
    pub courses: Vec<Course>,
    /// The classes of each year.
    pub classes: [Vec<ClassPlan>; YEARS],
}

/// A partner and its people, in the order of its posts.
pub struct PartnerPlan {
    /// The partner.
    pub profile: &'static Partner,
    /// How far its agreements with the districts of the plan have come, in their order.
    pub agreements: &'static [Agreement],
    /// Who fills the posts: names, addresses, numbers.
    pub people: Vec<ContactPlan>,
}

/// Somebody at a partner.
pub struct ContactPlan {
    /// Their name.
    pub name: Name,
    /// Their address.
    pub email: String,
    /// Their number.
    pub phone: String,
}

impl Plan {
    /// The plan of this seed for about so many students of these districts, up to this instant.
    pub fn new(
        districts: &'static [District],
        seed: u64,
        students: usize,
        now: DateTime<Utc>,
    ) -> Self {
        let running = SchoolYear::of(now.date_naive());
        let years = [running.before(2), running.before(1), running];
        let mut plan = Self {
            now,
            years,
            districts: districts
                .iter()
                .zip(shares(districts, students))
                .map(|(profile, students)| DistrictPlan::new(seed, profile, students, running))
                .collect(),
            partners: PARTNERS
                .iter()
                .map(|profile| PartnerPlan::new(seed, profile, districts.len()))
                .collect(),
            placements: Vec::new(),
        };
        plan.placements = placements::plan(seed, &plan);
        for district in 0..plan.districts.len() {
            plan.districts[district].classes = classes::plan(seed, &plan, district);
        }
        plan
    }

    /// The day on which the story ends.
    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }
}

/// How many students each district has; together as many as asked for.
fn shares(districts: &[District], students: usize) -> Vec<usize> {
    let mut shares: Vec<_> = districts.iter().map(|of| students * of.share / 100).collect();
    let rest = students - shares.iter().sum::<usize>();
    shares[0] += rest;
    shares
}

impl DistrictPlan {
    fn new(seed: u64, profile: &'static District, students: usize, running: SchoolYear) -> Self {
        Self {
            profile,
            staff: staff::plan(seed, profile, students),
            students: students::plan(seed, profile, students, running),
            courses: catalogue(profile.is_college()),
            classes: [Vec::new(), Vec::new(), Vec::new()],
        }
    }
}

impl PartnerPlan {
    fn new(seed: u64, profile: &'static Partner, districts: usize) -> Self {
        let mut people = People::new(seed, profile.key);
        let contact = |_| {
            let name = people.name();
            let email = people.email(&name, profile.domain);
            let phone = people.phone(profile.area_code);
            ContactPlan { name, email, phone }
        };
        let agreements = profile.agreements.get(..districts).unwrap_or(&profile.agreements);
        Self { profile, agreements, people: profile.people.iter().map(contact).collect() }
    }
}

#[cfg(test)]
mod tests;
