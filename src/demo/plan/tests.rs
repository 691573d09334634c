//! The plan of the demo: what follows from a seed, and what always holds.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::{Outcome, Plan, Scene, scenes};
use crate::demo::districts::DISTRICTS;
use crate::demo::{calendar::shifted, partners::Agreement};

fn now(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn plan(seed: u64, students: usize) -> Plan {
    Plan::new(&DISTRICTS, seed, students, now("2026-11-20T15:00:00Z"))
}

fn names(plan: &Plan) -> Vec<String> {
    let students = plan.districts.iter().flat_map(|district| &district.students);
    students.map(|student| format!("{} {}", student.key, student.email)).collect()
}

#[test]
fn a_plan_repeats_with_its_seed() {
    assert_eq!(names(&plan(1, 200)), names(&plan(1, 200)));
    assert_ne!(names(&plan(1, 200)), names(&plan(2, 200)));
    assert_eq!(scenes(&plan(1, 200)), scenes(&plan(1, 200)));
    for students in [0, 1, 7, 60, 500] {
        assert_eq!(names(&plan(1, students)).len(), students);
    }
}

#[test]
fn placements_keep_to_agreements_ages_and_the_calendar() {
    for today in ["2026-08-05T00:00:00Z", "2026-09-01T08:00:00Z", "2027-03-01T09:00:00Z"] {
        let plan = Plan::new(&DISTRICTS, 1, 500, now(today));
        for one in &plan.placements {
            let district = &plan.districts[one.district];
            let partner = plan.partners[one.partner].profile;
            let opening = &partner.openings[one.opening];
            let agreement = partner.agreements[one.district];
            assert!(!matches!(agreement, Agreement::Drafted | Agreement::Nothing));
            let student = &district.students[one.student];
            assert!(student.age(one.course.starts_on) >= opening.minimum_age);
            assert!(student.grade(one.year).is_some());
            assert!(one.proposed_on <= one.matched_on || !one.is_matched());
            assert!(one.matched_on <= one.course.starts_on || !one.is_matched());
            assert!(one.days.iter().all(|day| day.from < day.to && day.due > day.on));
        }
    }
}

#[test]
fn a_quarter_of_the_older_students_are_placed() {
    let plan = plan(1, 500);
    for (at, district) in plan.districts.iter().enumerate() {
        let older = |student: &&super::StudentPlan| {
            student.grade(2).is_some_and(|grade| grade >= district.profile.placed_from)
        };
        let older = district.students.iter().filter(older).count();
        let placed = plan.placements.iter().filter(|one| one.year == 2 && one.district == at);
        let percent = placed.count() * 100 / older;
        assert!((20..=30).contains(&percent), "{percent}");
    }
    let outcomes: HashSet<_> =
        plan.placements.iter().map(|one| format!("{:?}", one.course.outcome)).collect();
    assert_eq!(outcomes.len(), 6);
}

#[test]
fn nobody_is_in_two_placements_at_once() {
    let plan = plan(3, 500);
    for (at, one) in plan.placements.iter().enumerate() {
        let clash = plan.placements[at + 1..].iter().any(|other| {
            (one.district, one.student) == (other.district, other.student)
                && one.course.starts_on <= other.course.ends_on
                && other.course.starts_on <= one.course.ends_on
        });
        assert!(!clash || one.course.outcome == Outcome::Cancelled);
    }
}

#[test]
fn the_story_goes_forward_and_ends_now() {
    let plan = plan(1, 100);
    let scenes = scenes(&plan);
    assert_eq!(scenes[0].1, Scene::Beginning);
    assert!(scenes.is_sorted_by_key(|(when, _)| *when));
    assert!(scenes.iter().all(|(when, _)| *when <= plan.now));
    assert!(scenes.iter().any(|(when, _)| *when > plan.now - chrono::TimeDelta::days(14)));
    assert!(scenes[0].0.date_naive() < shifted(plan.today(), -2 * 365));
}
