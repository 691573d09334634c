//! The rules of progress, on made-up pathways.

use chrono::{Days, NaiveDate};
use entity::id::{CourseId, EnrollmentId, PathwayCourseId};
use proptest::prelude::*;
use uuid::Uuid;

use super::{Progress, Seat, Standing, Step};
use crate::pathways::rules::levels::{Definition, Level};

const COURSES: u128 = 5;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 9, 1).unwrap()
}

fn definition() -> Definition {
    Definition::built_in(today())
}

fn step(course: u128, is_required: bool) -> Step {
    Step {
        row: PathwayCourseId(Uuid::from_u128(100 + course)),
        course: CourseId(Uuid::from_u128(course)),
        position: i32::try_from(course).unwrap(),
        is_required,
        credits: Some(100),
    }
}

fn seat(key: u128, course: u128, completed: bool, credits: Option<i32>) -> Seat {
    let day = |days| today().checked_sub_days(Days::new(days));
    Seat {
        row: EnrollmentId(Uuid::from_u128(key)),
        course: CourseId(Uuid::from_u128(course)),
        from: day(100),
        until: if completed { day(10) } else { None },
        completed_on: if completed { day(11) } else { None },
        credits,
    }
}

fn of(steps: &[Step], seats: &[Seat]) -> Progress {
    Progress::of(steps, seats, &definition(), today())
}

prop_compose! {
    fn any_seat()(key in 1_u128..1000, course in 0..COURSES + 2, completed: bool,
        credits in prop::option::of(prop::sample::select(vec![0, 50, 100]))) -> Seat {
        seat(key, course, completed, credits)
    }
}

prop_compose! {
    fn any_definition()(participant in 1..4, courses in prop::option::of(1..5),
        credits in prop::option::of(prop::sample::select(vec![100, 250, 400])),
        completer in prop::option::of(1..6)) -> Definition {
        Definition {
            participant_courses: participant,
            concentrator_courses: courses,
            concentrator_credits: credits,
            completer_courses: completer,
            ..definition()
        }
    }
}

fn any_steps() -> impl Strategy<Value = Vec<Step>> {
    let required = prop::collection::vec(any::<bool>(), 0..usize::try_from(COURSES).unwrap());
    required.prop_map(|all| (0..).zip(all).map(|(at, required)| step(at, required)).collect())
}

proptest! {
    #[test]
    fn one_more_completed_course_never_lowers_anything(
        steps in any_steps(),
        mut seats in prop::collection::vec(any_seat(), 0..8),
        definition in any_definition(),
        course in 0..COURSES,
        credits in prop::option::of(1..200),
    ) {
        let before = Progress::of(&steps, &seats, &definition, today());
        seats.push(seat(2000, course, true, credits));
        let after = Progress::of(&steps, &seats, &definition, today());
        prop_assert!(after.level >= before.level);
        prop_assert!(after.completed >= before.completed && after.credits >= before.credits);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        steps in any_steps(),
        seats in prop::collection::btree_map(1_u128..1000, any_seat(), 0..8),
        definition in any_definition(),
        turn in 0_usize..8,
    ) {
        // Keys are unique in life.
        let seats: Vec<_> = seats
            .into_iter()
            .map(|(key, seat)| Seat { row: EnrollmentId(Uuid::from_u128(key)), ..seat })
            .collect();
        let expected = Progress::of(&steps, &seats, &definition, today());
        let (mut turned, mut steps) = (seats, steps);
        turned.reverse();
        let turn = turn.min(turned.len());
        turned.rotate_left(turn);
        steps.reverse();
        prop_assert_eq!(Progress::of(&steps, &turned, &definition, today()), expected);
    }

    #[test]
    fn what_is_next_leads_on(
        steps in any_steps(),
        seats in prop::collection::vec(any_seat(), 0..8),
        definition in any_definition(),
    ) {
        let progress = Progress::of(&steps, &seats, &definition, today());
        let at = |row| progress.places.iter().find(|place| place.step.row == row).unwrap();
        prop_assert!(progress.next.is_none_or(|next| at(next).standing == Standing::Open));
        prop_assert_eq!(progress.until_next.is_none(), progress.level == Level::Completer);
        prop_assert!(progress.until_next.is_none_or(|further| further > 0));
    }
}

#[test]
fn two_courses_of_one_programme_make_a_concentrator() {
    let steps = [step(0, true), step(1, true), step(2, true), step(3, false)];
    let mut seats = Vec::new();
    let mut levels = vec![of(&steps, &seats).level];
    for course in [9, 0, 1, 2] {
        seats.push(seat(course + 1, course, true, Some(100)));
        levels.push(of(&steps, &seats).level);
    }
    let expected =
        [Level::None, Level::None, Level::Participant, Level::Concentrator, Level::Completer];
    assert_eq!(levels, expected);
    let whole = of(&steps, &seats);
    // The elective is open, and nothing is asked for any more.
    assert_eq!(
        (whole.completed, whole.credits, whole.next, whole.until_next),
        (3, 300, None, None)
    );
}

#[test]
fn who_failed_takes_the_course_again_and_who_repeats_it_earns_it_once() {
    let steps = [step(0, true), step(1, true)];
    let failed = seat(1, 0, true, Some(0));
    let progress = of(&steps, std::slice::from_ref(&failed));
    assert_eq!((progress.level, progress.places[0].standing), (Level::None, Standing::Open));
    assert_eq!(progress.next, Some(steps[0].row));
    let again = [failed, seat(2, 0, true, Some(50)), seat(3, 0, true, Some(100))];
    let progress = of(&steps, &again);
    assert_eq!((progress.completed, progress.credits), (1, 100));
    assert_eq!(progress.places[0].seat, Some(EnrollmentId(Uuid::from_u128(3))));
}

#[test]
fn a_running_seat_is_in_progress_and_the_next_course_comes_after_it() {
    let steps = [step(0, true), step(1, false), step(2, true)];
    let progress = of(&steps, &[seat(1, 0, false, None)]);
    assert_eq!(progress.places[0].standing, Standing::InProgress);
    assert_eq!((progress.next, progress.in_progress()), (Some(steps[2].row), 1));
    assert_eq!((progress.level, progress.until_next), (Level::None, Some(1)));
}

#[test]
fn credits_make_a_concentrator_where_the_definition_says_so() {
    let steps = [step(0, true), step(1, true), step(2, true)];
    let by_credits =
        Definition { concentrator_courses: None, concentrator_credits: Some(600), ..definition() };
    let level = |credits| {
        let seats = [seat(1, 0, true, Some(credits)), seat(2, 1, true, Some(300))];
        Progress::of(&steps, &seats, &by_credits, today()).level
    };
    assert_eq!((level(200), level(300)), (Level::Participant, Level::Concentrator));
}
