//! Hours are handed in within their placement, one after the other.

use chrono::TimeDelta;
use entity::{placement::PlacementState, time_entry::TimeEntryState};
use pathbridge::{
    error::ProblemCode,
    placements::service::{draft::TimeEntryDraft, time_entry},
};
use sea_orm::Iterable;

use super::{
    refusal::{problems, told},
    world::{World, day, time},
};
use crate::support::both;

/// What is wrong with these hours, without `input.`.
async fn refusal(world: &World, draft: &TimeEntryDraft) -> Vec<(String, ProblemCode)> {
    let before = world.count_hours().await;
    let refused = time_entry::submit(&world.app.app, &world.sis(), draft, None).await;
    assert_eq!(world.count_hours().await, before);
    let told = told(&problems(refused)).into_iter();
    told.map(|(path, code)| (path.replace("input.", ""), code)).collect()
}

/// A world on the tenth day of an active placement.
async fn under_way(app: crate::support::TestApp) -> (World, entity::id::PlacementId) {
    let world = World::new(app).await;
    let id = world.placement_in(PlacementState::Active).await;
    world.app.clock.advance(TimeDelta::days(9));
    (world, id)
}

both! {
    async fn minutes_are_counted_without_the_break(app: TestApp) {
        let (world, id) = under_way(app).await;
        let draft = TimeEntryDraft {
            ends_at: Some(time(16, 30)),
            break_minutes: Some(45),
            ..World::morning(id, day(9, 9))
        };
        let row = time_entry::submit(&world.app.app, &world.hr(), &draft, None).await.unwrap();
        assert_eq!((row.minutes, row.state), (465, TimeEntryState::Submitted));
        assert_eq!((row.student_id, row.partner_id), (world.student, world.partner));
        assert_eq!(row.district_id, world.north);
    }

    async fn hours_need_a_placement_that_takes_them(app: TestApp) {
        let world = World::new(app).await;
        for state in PlacementState::iter() {
            let id = world.placement(world.student, state, day(9, 1), day(9, 1)).await;
            let draft = World::morning(id, day(9, 1));
            let result = time_entry::submit(&world.app.app, &world.sis(), &draft, None).await;
            match state {
                PlacementState::Active => drop(result.unwrap()),
                // The same morning again: it is the overlap that is refused, not the state.
                PlacementState::Completed => {
                    assert_eq!(problems(result)[0].code, ProblemCode::OverlappingPeriod);
                }
                _ => {
                    let path = "input.placementId".to_owned();
                    let expected = (path, ProblemCode::InvalidStateTransition);
                    assert_eq!(told(&problems(result)), [expected], "{state:?}");
                }
            }
        }
    }

    async fn bad_times_are_refused(app: TestApp) {
        let (world, id) = under_way(app).await;
        let good = World::morning(id, day(9, 9));
        let out = ProblemCode::OutOfRange;
        let bad = [
            ("workedOn", TimeEntryDraft { worked_on: Some(day(9, 11)), ..good.clone() }),
            ("workedOn", TimeEntryDraft { worked_on: Some(day(8, 31)), ..good.clone() }),
            ("endsAt", TimeEntryDraft { ends_at: Some(time(8, 0)), ..good.clone() }),
            ("endsAt", TimeEntryDraft { ends_at: Some(time(6, 0)), ..good.clone() }),
            ("breakMinutes", TimeEntryDraft { break_minutes: Some(240), ..good.clone() }),
            ("breakMinutes", TimeEntryDraft { break_minutes: Some(-1), ..good.clone() }),
        ];
        for (path, draft) in bad {
            assert_eq!(refusal(&world, &draft).await, [(path.to_owned(), out)], "{draft:?}");
        }
        let empty = TimeEntryDraft::default();
        let needed = ["placementId", "workedOn", "startsAt", "endsAt", "category"]
            .map(|path| (path.to_owned(), ProblemCode::Required));
        assert_eq!(refusal(&world, &empty).await, needed);
    }

    async fn hours_of_a_student_never_overlap(app: TestApp) {
        let (world, id) = under_way(app).await;
        let (app, sis) = (&world.app.app, world.sis());
        let good = World::morning(id, day(9, 9));
        time_entry::submit(app, &sis, &good.clone(), None).await.unwrap();
        let elsewhere = world.placement_in(PlacementState::Active).await;
        let overlap = [("startsAt".to_owned(), ProblemCode::OverlappingPeriod)];
        for (from, to) in [(7, 9), (9, 10), (11, 13), (7, 13), (8, 12)] {
            let draft = TimeEntryDraft {
                placement: Some(elsewhere),
                starts_at: Some(time(from, 0)),
                ends_at: Some(time(to, 0)),
                filled: std::sync::OnceLock::default(),
                ..good.clone()
            };
            assert_eq!(refusal(&world, &draft).await, overlap, "{from} to {to}");
        }
        let touching = TimeEntryDraft {
            starts_at: Some(time(12, 0)),
            ends_at: Some(time(13, 0)),
            ..World::morning(elsewhere, day(9, 9))
        };
        time_entry::submit(app, &sis, &touching, None).await.unwrap();
        let next_day = World::morning(id, day(9, 10));
        time_entry::submit(app, &sis, &next_day, None).await.unwrap();
        let (state, first, last) = (PlacementState::Active, day(9, 1), day(12, 18));
        let other_student = world.placement(world.classmate, state, first, last).await;
        let same_time = World::morning(other_student, day(9, 9));
        time_entry::submit(app, &sis, &same_time, None).await.unwrap();
    }

    async fn a_day_has_sixteen_hours_at_most(app: TestApp) {
        let (world, id) = under_way(app).await;
        let from_to = |from, to| TimeEntryDraft {
            starts_at: Some(time(from, 0)),
            ends_at: Some(time(to, 0)),
            ..World::morning(id, day(9, 9))
        };
        let limit = [("endsAt".to_owned(), ProblemCode::LimitExceeded)];
        assert_eq!(refusal(&world, &from_to(5, 22)).await, limit);
        let (app, sis) = (&world.app.app, world.sis());
        time_entry::submit(app, &sis, &from_to(0, 15), None).await.unwrap();
        assert_eq!(refusal(&world, &from_to(20, 22)).await, limit);
        time_entry::submit(app, &sis, &from_to(20, 21), None).await.unwrap();
    }

    async fn of_two_overlapping_entries_at_once_one_is_kept(app: TestApp) {
        let (world, id) = under_way(app).await;
        let elsewhere = world.placement_in(PlacementState::Active).await;
        let race = [id, elsewhere].map(|id| {
            let (app, sis) = (world.app.app.clone(), world.sis());
            let draft = World::morning(id, day(9, 9));
            tokio::spawn(async move { time_entry::submit(&app, &sis, &draft, None).await })
        });
        let mut kept = 0;
        for runner in race {
            match runner.await.unwrap() {
                Ok(_) => kept += 1,
                refused => {
                    assert_eq!(problems(refused)[0].code, ProblemCode::OverlappingPeriod);
                }
            }
        }
        assert_eq!((kept, world.count_hours().await), (1, 1));
    }
}
