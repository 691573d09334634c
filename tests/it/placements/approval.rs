//! Hours are approved by somebody of the partner, handed back, and put right.

use chrono::TimeDelta;
use entity::{
    id::TimeEntryId,
    placement::PlacementState,
    time_entry::{Entity, Model, TimeEntryState},
};
use pathbridge::{
    auth::Tenant,
    error::{Detail, Error, ProblemCode},
    placements::service::{
        draft::TimeEntryDraft,
        time_entry::{self, Which},
    },
    store::{self, RowKey},
};

use super::{
    refusal::{problems, told},
    world::{World, day, time},
};
use crate::support::both;

fn any(id: TimeEntryId) -> Which {
    Which { id, expected_version: None }
}

/// A world with hours that wait for their approval.
async fn handed_in(app: crate::support::TestApp) -> (World, Model) {
    let world = World::new(app).await;
    let id = world.placement_in(PlacementState::Active).await;
    world.app.clock.advance(TimeDelta::days(9));
    let draft = World::morning(id, day(9, 9));
    let row = time_entry::submit(&world.app.app, &world.sis(), &draft, None).await.unwrap();
    (world, row)
}

async fn approved(world: &World, id: TimeEntryId) -> Model {
    time_entry::approve(&world.app.app, &world.hr(), any(id), world.supervisor).await.unwrap()
}

async fn change(world: &World, id: TimeEntryId, draft: TimeEntryDraft) -> Result<Model, Error> {
    let (app, sis) = (&world.app.app, world.sis());
    let key = RowKey::Id(id.into());
    store::update_row::<Entity>(app, &sis, key, None, Ok(draft)).await
}

fn shorter() -> TimeEntryDraft {
    TimeEntryDraft { ends_at: Some(time(11, 0)), ..TimeEntryDraft::default() }
}

both! {
    async fn somebody_of_the_partner_approves(app: TestApp) {
        let (world, row) = handed_in(app).await;
        let app = &world.app.app;
        let hr_of_others = world.caller(Tenant::Partner(world.other_partner));
        let stranger = time_entry::approve(app, &hr_of_others, any(row.id), world.outsider).await;
        assert!(matches!(stranger, Err(Error::NotFound("time entry"))), "{stranger:?}");
        for caller in [world.sis(), world.hr(), world.caller(Tenant::Platform)] {
            let outsider = time_entry::approve(app, &caller, any(row.id), world.outsider).await;
            let expected = ("input.approverId".to_owned(), ProblemCode::ReferenceNotFound);
            assert_eq!(told(&problems(outsider)), [expected]);
        }
        let row = approved(&world, row.id).await;
        assert_eq!((row.state, row.version), (TimeEntryState::Approved, 2));
        assert_eq!(row.approved_by, Some(world.supervisor));
        assert_eq!(row.approved_at, Some(world.app.app.clock.now()));
        let again = time_entry::approve(app, &world.sis(), any(row.id), world.supervisor).await;
        let [problem] = &problems(again)[..] else { panic!("one problem") };
        let Detail::State { from, allowed, .. } = &problem.detail else { panic!("a state") };
        assert_eq!((from.as_str(), allowed.as_slice()), ("APPROVED", &["VOIDED".to_owned()][..]));
    }

    async fn returned_hours_come_again(app: TestApp) {
        let (world, row) = handed_in(app).await;
        let (app, sis, hr) = (&world.app.app, world.sis(), world.hr());
        let silent = time_entry::hand_back(app, &hr, any(row.id), " ".to_owned()).await;
        let expected = ("input.reason".to_owned(), ProblemCode::Required);
        assert_eq!(told(&problems(silent)), [expected]);
        let why = "no lunch?".to_owned();
        let back = time_entry::hand_back(app, &hr, any(row.id), why).await.unwrap();
        assert_eq!(back.state, TimeEntryState::Returned);
        assert_eq!(back.returned_reason.as_deref(), Some("no lunch?"));
        let again = time_entry::resubmit(app, &sis, any(row.id), shorter()).await.unwrap();
        assert_eq!((again.state, again.minutes), (TimeEntryState::Submitted, 180));
        assert_eq!((again.returned_reason, again.version), (None, 3));
        time_entry::hand_back(app, &hr, any(row.id), "sure?".to_owned()).await.unwrap();
        let draft = TimeEntryDraft::default();
        let same = time_entry::resubmit(app, &sis, any(row.id), draft).await.unwrap();
        assert_eq!(same.state, TimeEntryState::Submitted, "unchanged hours come again too");
    }

    async fn returned_hours_that_now_overlap_stay_returned(app: TestApp) {
        let (world, row) = handed_in(app).await;
        let (app, sis) = (&world.app.app, world.sis());
        time_entry::hand_back(app, &sis, any(row.id), "wrong day".to_owned()).await.unwrap();
        let instead = World::morning(row.placement_id, day(9, 9));
        time_entry::submit(app, &sis, &instead, None).await.unwrap();
        let again = time_entry::resubmit(app, &sis, any(row.id), TimeEntryDraft::default()).await;
        let expected = ("input.startsAt".to_owned(), ProblemCode::OverlappingPeriod);
        assert_eq!(told(&problems(again)), [expected]);
    }

    async fn submitted_hours_change_and_approved_ones_do_not(app: TestApp) {
        let (world, row) = handed_in(app).await;
        let changed = change(&world, row.id, shorter()).await.unwrap();
        assert_eq!((changed.minutes, changed.version), (180, 2));
        let row = approved(&world, row.id).await;
        let draft = TimeEntryDraft { ends_at: Some(time(12, 0)), ..TimeEntryDraft::default() };
        let refused = problems(change(&world, row.id, draft).await);
        assert_eq!(refused[0].code, ProblemCode::ReadOnly);
        let same = change(&world, row.id, shorter()).await.unwrap();
        assert_eq!(same, row, "what is equal is no change");
    }

    async fn a_correction_voids_and_hands_in_again(app: TestApp) {
        let (world, row) = handed_in(app).await;
        let (app, sis) = (&world.app.app, world.sis());
        let early = problems(time_entry::correct(app, &sis, any(row.id), shorter(), None).await);
        assert_eq!(early[0].code, ProblemCode::InvalidStateTransition);
        let old = approved(&world, row.id).await;
        let new = time_entry::correct(app, &sis, any(old.id), shorter(), None).await.unwrap();
        assert_eq!((new.minutes, new.state), (180, TimeEntryState::Submitted));
        assert_eq!((new.corrects_id, new.category), (Some(old.id), old.category));
        assert_eq!((new.worked_on, new.approved_by), (old.worked_on, None));
        let voided = change(&world, old.id, TimeEntryDraft::default()).await.unwrap();
        assert_eq!((voided.state, voided.minutes), (TimeEntryState::Voided, 240));
        let twice = problems(time_entry::correct(app, &sis, any(old.id), shorter(), None).await);
        assert_eq!(twice[0].code, ProblemCode::InvalidStateTransition);
        assert_eq!(world.count_hours().await, 2);
    }

    async fn a_refused_correction_voids_nothing(app: TestApp) {
        let (world, row) = handed_in(app).await;
        let old = approved(&world, row.id).await;
        let draft = TimeEntryDraft { ends_at: Some(time(7, 0)), ..TimeEntryDraft::default() };
        let refused =
            time_entry::correct(&world.app.app, &world.sis(), any(old.id), draft, None).await;
        let expected = ("input.endsAt".to_owned(), ProblemCode::OutOfRange);
        assert_eq!(told(&problems(refused)), [expected]);
        let same = change(&world, old.id, TimeEntryDraft::default()).await.unwrap();
        assert_eq!(same.state, TimeEntryState::Approved);
    }
}
