//! A placement is seen and moved by its district, by its partner under an agreement, by the
//! platform, and by nobody else.

use chrono::TimeDelta;
use entity::{id::PlacementId, placement::PlacementState};
use pathbridge::{
    auth::{Caller, Tenant},
    error::Error,
    placements::service::{
        draft::PlacementDraft,
        time_entry,
        transition::{self, Which},
    },
    store::{self, RowKey, Visible, visible},
};

use super::{
    refusal::told,
    world::{World, day},
};
use crate::support::both;

/// How many rows of a table the caller sees.
async fn count<E: Visible>(world: &World, caller: &Caller) -> usize {
    visible::<E>(caller).all(world.app.app.db.writer()).await.unwrap().len()
}

fn is_missing<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::NotFound("placement"))), "{result:?}");
}

/// Tries every way to touch a placement that the caller must not find.
async fn finds_nothing(world: &World, caller: &Caller, id: PlacementId) {
    let app = &world.app.app;
    let which = Which { id, expected_version: None };
    let why = || "a reason".to_owned();
    is_missing(transition::match_seat(app, caller, which).await);
    is_missing(transition::start(app, caller, which, None).await);
    is_missing(transition::complete(app, caller, which, None).await);
    is_missing(transition::cancel(app, caller, which, why()).await);
    is_missing(transition::terminate(app, caller, which, why(), None).await);
    let key = RowKey::Id(id.into());
    let draft = Ok(PlacementDraft { ends_on: Some(day(11, 11)), ..PlacementDraft::default() });
    is_missing(store::update_row::<entity::placement::Entity>(app, caller, key, None, draft).await);
    let hours = time_entry::submit(app, caller, &World::morning(id, day(9, 1)), None).await;
    let Err(Error::Invalid(refused)) = hours else { panic!("the hours are refused") };
    let path = told(&refused).into_iter().next();
    let missing = pathbridge::error::ProblemCode::ReferenceNotFound;
    assert_eq!(path, Some(("input.placementId".to_owned(), missing)));
    assert_eq!(world.stored(id).await.version, 1);
}

both! {
    async fn strangers_find_nothing(app: TestApp) {
        let world = World::new(app).await;
        let id = world.placement_in(PlacementState::Active).await;
        let draft = World::morning(id, day(9, 1));
        time_entry::submit(&world.app.app, &world.sis(), &draft, None).await.unwrap();
        for tenant in [Tenant::District(world.south), Tenant::Partner(world.other_partner)] {
            let stranger = world.caller(tenant);
            finds_nothing(&world, &stranger, id).await;
            assert_eq!(count::<entity::placement::Entity>(&world, &stranger).await, 0);
            assert_eq!(count::<entity::time_entry::Entity>(&world, &stranger).await, 0);
        }
        for caller in [world.sis(), world.hr(), world.caller(Tenant::Platform)] {
            assert_eq!(count::<entity::placement::Entity>(&world, &caller).await, 1);
            assert_eq!(count::<entity::time_entry::Entity>(&world, &caller).await, 1);
        }
    }

    async fn a_partner_finds_nothing_once_the_agreement_has_ended(app: TestApp) {
        let world = World::new(app).await;
        let id = world.placement_in(PlacementState::Active).await;
        world.app.clock.advance(TimeDelta::days(181));
        finds_nothing(&world, &world.hr(), id).await;
        assert_eq!(count::<entity::placement::Entity>(&world, &world.hr()).await, 0);
        assert_eq!(count::<entity::placement::Entity>(&world, &world.sis()).await, 1);
    }

    async fn a_partner_proposes_for_students_whom_it_sees(app: TestApp) {
        let world = World::new(app).await;
        let (app, hr) = (&world.app.app, world.hr());
        let propose = async || {
            let draft = world.draft(world.student);
            pathbridge::placements::service::proposal::propose(app, &hr, &draft, None).await
        };
        let Err(Error::Invalid(refused)) = propose().await else { panic!("nobody is seen yet") };
        assert_eq!(refused[0].path, ["input", "studentId"]);
        world.placement_in(PlacementState::Completed).await;
        let row = propose().await.unwrap();
        assert_eq!((row.district_id, row.partner_id), (world.north, world.partner));
    }
}
