//! Every step from every state, and what stands in the way of a start.

use chrono::NaiveDate;
use entity::{
    placement::{Model, PlacementState},
    status::PersonStatus,
};
use pathbridge::{
    error::{Detail, Error, ProblemCode},
    placements::service::transition::{self, Which},
};
use sea_orm::Iterable;

use super::{
    refusal::{blockers, codes, problems, told},
    world::{World, day, student_of},
};
use crate::support::both;

/// The step that leads to a state.
async fn step(world: &World, which: Which, to: PlacementState) -> Result<Model, Error> {
    let (app, sis) = (&world.app.app, world.sis());
    let reason = || "a reason".to_owned();
    match to {
        PlacementState::Matched => transition::match_seat(app, &sis, which).await,
        PlacementState::Active => transition::start(app, &sis, which, None).await,
        PlacementState::Completed => transition::complete(app, &sis, which, None).await,
        PlacementState::Cancelled => transition::cancel(app, &sis, which, reason()).await,
        PlacementState::Terminated => transition::terminate(app, &sis, which, reason(), None).await,
        PlacementState::Proposed => unreachable!("nothing becomes a proposal again"),
    }
}

fn first(id: entity::id::PlacementId) -> Which {
    Which { id, expected_version: Some(1) }
}

/// Tries to start a matched placement of these days.
async fn start(world: &World, starts_on: NaiveDate, ends_on: NaiveDate) -> Result<Model, Error> {
    let matched = PlacementState::Matched;
    let id = world.placement(world.student, matched, starts_on, ends_on).await;
    transition::start(&world.app.app, &world.sis(), first(id), None).await
}

both! {
    async fn a_placement_follows_its_road_and_no_other(app: TestApp) {
        let world = World::new(app).await;
        for from in PlacementState::iter() {
            for to in PlacementState::iter().filter(|to| *to != PlacementState::Proposed) {
                let id = world.placement_in(from).await;
                let result = step(&world, first(id), to).await;
                let stored = world.stored(id).await;
                if from.can_become(to) {
                    assert_eq!(result.unwrap(), stored, "{from:?} to {to:?}");
                    assert_eq!((stored.state, stored.version), (to, 2), "{from:?} to {to:?}");
                } else {
                    let refused = problems(result);
                    let [problem] = refused.as_slice() else { panic!("one: {refused:?}") };
                    assert_eq!(problem.code, ProblemCode::InvalidStateTransition);
                    let Detail::State { allowed, blockers, .. } = &problem.detail else {
                        panic!("a state: {problem:?}")
                    };
                    assert_eq!(allowed.len(), from.may_become().len());
                    assert!(blockers.is_empty());
                    assert_eq!((stored.state, stored.version), (from, 1), "{from:?} to {to:?}");
                }
            }
        }
    }

    async fn a_step_says_when_and_why(app: TestApp) {
        let world = World::new(app).await;
        let active = world.placement_in(PlacementState::Active).await;
        let why = "moved away".to_owned();
        let (app, sis) = (&world.app.app, world.sis());
        let ended = transition::terminate(app, &sis, first(active), why, None).await.unwrap();
        assert_eq!(ended.state_reason.as_deref(), Some("moved away"));
        assert_eq!(ended.ended_on, Some(day(9, 1)));
        let matched = world.placement_in(PlacementState::Matched).await;
        let begun = transition::start(app, &sis, first(matched), None).await.unwrap();
        assert_eq!(begun.started_on, Some(day(9, 1)));
    }

    async fn a_stale_version_takes_no_step(app: TestApp) {
        let world = World::new(app).await;
        let id = world.placement_in(PlacementState::Matched).await;
        let stale = Which { id, expected_version: Some(7) };
        let refused = problems(step(&world, stale, PlacementState::Active).await);
        let stale = ("expectedVersion".to_owned(), ProblemCode::VersionConflict);
        assert_eq!(told(&refused), [stale]);
        assert_eq!(world.stored(id).await.state, PlacementState::Matched);
    }

    async fn a_bad_day_or_an_empty_reason_is_told_by_its_path(app: TestApp) {
        let world = World::new(app).await;
        let (app, sis) = (&world.app.app, world.sis());
        let id = world.placement_in(PlacementState::Active).await;
        let tomorrow = Some(day(9, 2));
        let refused = transition::terminate(app, &sis, first(id), "  ".to_owned(), tomorrow).await;
        assert_eq!(
            told(&problems(refused)),
            [
                ("input.endedOn".to_owned(), ProblemCode::OutOfRange),
                ("input.reason".to_owned(), ProblemCode::Required),
            ]
        );
        let before = Some(day(8, 31));
        let refused = problems(transition::complete(app, &sis, first(id), before).await);
        assert_eq!(told(&refused), [("input.endedOn".to_owned(), ProblemCode::OutOfRange)]);
        assert_eq!(world.stored(id).await.version, 1);
    }

    async fn a_start_waits_for_its_day(app: TestApp) {
        let world = World::new(app).await;
        let refused = problems(start(&world, day(9, 8), day(12, 18)).await);
        assert_eq!(codes(&refused), ["START_IN_FUTURE"]);
        assert_eq!(blockers(&refused)[0].earliest_date, Some(day(9, 8)));
    }

    async fn a_start_needs_the_agreement_through_the_last_day(app: TestApp) {
        let world = World::new(app).await;
        let next_summer = NaiveDate::from_ymd_opt(2027, 6, 30).unwrap();
        let refused = problems(start(&world, day(9, 1), next_summer).await);
        assert_eq!(codes(&refused), ["AFFILIATION_ENDS_EARLY"]);
        start(&world, day(9, 1), day(12, 18)).await.unwrap();
    }

    async fn all_reasons_against_a_start_come_at_once(app: TestApp) {
        let world = World::new(app).await;
        let gone = student_of(&world.app, world.north, PersonStatus::Inactive).await;
        let next_summer = NaiveDate::from_ymd_opt(2027, 6, 30).unwrap();
        let matched = PlacementState::Matched;
        let id = world.placement(gone, matched, day(9, 8), next_summer).await;
        let refused = step(&world, first(id), PlacementState::Active).await;
        assert_eq!(
            codes(&problems(refused)),
            ["AFFILIATION_ENDS_EARLY", "STUDENT_INACTIVE", "START_IN_FUTURE"]
        );
    }
}
