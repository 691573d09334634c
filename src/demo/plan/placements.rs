//! Who is placed where, when, and with whom.

use chrono::NaiveDate;
use entity::{partner_contact::ContactRole, staff::StaffKind};

use super::{
    Outcome, Plan, YEARS,
    hours::{self, Workday},
    outcome::{Course, of_past_year, of_running_year},
};
use crate::demo::{
    calendar::{day, shifted},
    dice::Dice,
    partners::{Agreement, Opening, Partner},
};

/// How many of a hundred students who could be are placed in a year.
const PLACED: usize = 25;

/// Why some placements come to nothing.
const CANCELLED: [&str; 4] = [
    "The student's timetable changed after the match",
    "Transportation to the site could not be arranged",
    "The family chose another opportunity",
    "The site paused new placements for the season",
];

/// Why some placements are broken off.
const TERMINATED: [&str; 3] = [
    "The student moved to another district",
    "Hours could not be fitted to sports practice; agreed with the family",
    "The supervisor left and nobody could take over",
];

/// A placement.
pub struct PlacementPlan {
    /// The district, by the order of the plan.
    pub district: usize,
    /// The student, by the order of the district.
    pub student: usize,
    /// The partner, by the order of the plan.
    pub partner: usize,
    /// The opening, by the order of the partner.
    pub opening: usize,
    /// The school year, by the order of the plan.
    pub year: usize,
    /// When, and what becomes of it.
    pub course: Course,
    /// The day on which it is proposed.
    pub proposed_on: NaiveDate,
    /// The day on which it is matched, if it comes to that.
    pub matched_on: NaiveDate,
    /// Whether the partner's portal proposes it rather than the district.
    pub by_partner: bool,
    /// Who guides, by the order of the partner's posts.
    pub mentor: usize,
    /// Who directs the work and approves the hours.
    pub supervisor: usize,
    /// Who answers for it, by the order of the district's staff.
    pub coordinator: usize,
    /// Why it was cancelled or terminated.
    pub reason: &'static str,
    /// The hours, day by day.
    pub days: Vec<Workday>,
}

impl PlacementPlan {
    /// Whether it comes to a match, and so to a seat.
    pub fn is_matched(&self) -> bool {
        !matches!(self.course.outcome, Outcome::Proposed | Outcome::Cancelled)
    }
}

/// The placements of all years.
pub fn plan(seed: u64, plan: &Plan) -> Vec<PlacementPlan> {
    let mut planner = Planner { plan, dice: Dice::new(seed, "placements"), made: Vec::new() };
    let mut running = 0;
    for year in 0..YEARS {
        for district in 0..plan.districts.len() {
            for student in planner.chosen(year, district) {
                let course = if year + 1 == YEARS {
                    running += 1;
                    let today = plan.today();
                    of_running_year(&mut planner.dice, plan.years[year], today, running - 1)
                } else {
                    of_past_year(&mut planner.dice, plan.years[year])
                };
                planner.place(year, district, student, course);
            }
        }
    }
    planner.made
}

struct Planner<'p> {
    plan: &'p Plan,
    dice: Dice,
    made: Vec<PlacementPlan>,
}

impl Planner<'_> {
    /// Which students of the district are placed in the year.
    fn chosen(&mut self, year: usize, district: usize) -> Vec<usize> {
        let district = &self.plan.districts[district];
        let students = district.students.iter().enumerate();
        let placed_from = district.profile.placed_from;
        let may = students.filter(|(_, one)| one.grade(year).is_some_and(|at| at >= placed_from));
        let mut chosen: Vec<_> = may.map(|(at, _)| at).collect();
        self.dice.shuffle(&mut chosen);
        chosen.truncate((chosen.len() * PLACED).div_ceil(100));
        chosen
    }

    fn place(&mut self, year: usize, district: usize, student: usize, course: Course) {
        let Some((partner, opening)) = self.opening(year, district, student, course.starts_on)
        else {
            return;
        };
        let profile = self.plan.partners[partner].profile;
        let offer = &profile.openings[opening];
        let opened_on = self.plan.years[year].rollover();
        let proposed_on = shifted(course.starts_on, -self.dice.between(20, 40));
        let latest = shifted(self.plan.today(), -1).max(opened_on);
        let proposed_on = proposed_on.max(opened_on).min(latest);
        let matched_on = shifted(proposed_on, self.dice.between(3, 9));
        let placement = PlacementPlan {
            district,
            student,
            partner,
            opening,
            year,
            course,
            proposed_on,
            matched_on: matched_on.min(course.starts_on).min(latest.max(proposed_on)),
            by_partner: self.is_known(partner, district, student),
            mentor: self.person(profile, offer, &[ContactRole::Mentor]),
            supervisor: self.person(profile, offer, supervising(offer)),
            coordinator: self.coordinator(district),
            reason: self.reason(course.outcome),
            days: hours::plan(&mut self.dice, offer, course, self.plan.today()),
        };
        self.made.push(placement);
    }

    /// An opening that the student may take, of their own field of work if there is one.
    fn opening(
        &mut self,
        year: usize,
        district: usize,
        student: usize,
        starts_on: NaiveDate,
    ) -> Option<(usize, usize)> {
        let of = &self.plan.districts[district];
        let is_college = of.profile.is_college();
        let student = &of.students[student];
        let mut open = Vec::new();
        for (at, partner) in self.plan.partners.iter().enumerate() {
            if !self.is_covered(partner.agreements[district], year, starts_on) {
                continue;
            }
            let openings = partner.profile.openings.iter().enumerate().filter(|(_, opening)| {
                opening.for_college == is_college && student.age(starts_on) >= opening.minimum_age
            });
            open.extend(openings.map(|(opening, offer)| (at, opening, offer.area)));
        }
        let fitting: Vec<_> =
            open.iter().copied().filter(|(_, _, area)| *area == student.area).collect();
        let found = self.dice.pick_any(if fitting.is_empty() { &open } else { &fitting });
        found.map(|(partner, opening, _)| (*partner, *opening))
    }

    /// Whether an agreement lets students start on the day.
    fn is_covered(&self, agreement: Agreement, year: usize, starts_on: NaiveDate) -> bool {
        match agreement {
            Agreement::InForce | Agreement::Renewed => true,
            Agreement::Ended => starts_on < day(self.plan.years[1].ends, 1, 1) && year < 2,
            Agreement::Drafted | Agreement::Nothing => false,
        }
    }

    /// Whether the partner has met the student before, and so may propose a further placement.
    fn is_known(&self, partner: usize, district: usize, student: usize) -> bool {
        self.made
            .iter()
            .any(|made| (made.partner, made.district, made.student) == (partner, district, student))
    }

    /// Somebody of the partner in one of these roles, at the place of the opening if possible.
    fn person(&mut self, partner: &Partner, offer: &Opening, roles: &[ContactRole]) -> usize {
        let posts = partner.people.iter().enumerate();
        let fitting: Vec<_> = posts.filter(|(_, post)| roles.contains(&post.role)).collect();
        let here: Vec<_> =
            fitting.iter().filter(|(_, post)| post.site == offer.site).copied().collect();
        let found = self.dice.pick_any(if here.is_empty() { &fitting } else { &here });
        found.map_or(0, |(at, _)| *at)
    }

    fn coordinator(&mut self, district: usize) -> usize {
        let staff = self.plan.districts[district].staff.iter().enumerate();
        let coordinators: Vec<_> =
            staff.filter(|(_, one)| one.kind == StaffKind::Coordinator).collect();
        self.dice.pick_any(&coordinators).map_or(0, |(at, _)| *at)
    }

    fn reason(&mut self, outcome: Outcome) -> &'static str {
        let reasons: &[&'static str] = match outcome {
            Outcome::Cancelled => &CANCELLED,
            Outcome::Terminated => &TERMINATED,
            _ => &[],
        };
        self.dice.pick_any(reasons).copied().unwrap_or_default()
    }
}

/// Who directs the work: where a licence is at stake, somebody who holds it.
fn supervising(offer: &Opening) -> &'static [ContactRole] {
    if offer.is_clinical() { &[ContactRole::Preceptor] } else { &[ContactRole::Supervisor] }
}
