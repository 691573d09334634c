//! What a partner sees of a roster: the students and coordinators of its placements.

use entity::{
    academic_session, class, class_session, class_teacher, course, enrollment, guardian,
    guardianship,
    id::{DistrictId, PartnerId, StaffId, StudentId},
    placement::{self, PlacementState},
    school, staff, student,
    wbl::WorkBasedLearningKind,
};
use pathbridge::{
    auth::{Caller, Tenant},
    store::{Visible, visible},
    typeid,
};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::world::World;
use crate::support::{TestApp, both};

async fn count<E: Visible>(app: &TestApp, caller: &Caller) -> usize {
    visible::<E>(caller).all(app.app.db.writer()).await.expect("rows").len()
}

/// How many rows of each table the caller sees: students, staff, then all the others.
async fn counts(app: &TestApp, caller: &Caller) -> ([usize; 2], [usize; 9]) {
    let placed =
        [count::<student::Entity>(app, caller).await, count::<staff::Entity>(app, caller).await];
    let others = [
        count::<school::Entity>(app, caller).await,
        count::<academic_session::Entity>(app, caller).await,
        count::<guardian::Entity>(app, caller).await,
        count::<guardianship::Entity>(app, caller).await,
        count::<course::Entity>(app, caller).await,
        count::<class::Entity>(app, caller).await,
        count::<class_session::Entity>(app, caller).await,
        count::<class_teacher::Entity>(app, caller).await,
        count::<enrollment::Entity>(app, caller).await,
    ];
    (placed, others)
}

async fn place(app: &TestApp, district: DistrictId, partner: PartnerId, world: &World) {
    let now = app.app.clock.now();
    let day = now.date_naive();
    let row = placement::ActiveModel {
        id: Set(app.app.clock.id()),
        district_id: Set(district),
        partner_id: Set(partner),
        student_id: Set(typeid::decode::<StudentId>(&world.ids.student).expect("a student")),
        coordinator_id: Set(typeid::decode::<StaffId>(&world.ids.staff)),
        kind: Set(WorkBasedLearningKind::Internship),
        state: Set(PlacementState::Proposed),
        starts_on: Set(day),
        ends_on: Set(day),
        is_paid: Set(false),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
        ..Default::default()
    };
    placement::Entity::insert(row).exec(app.app.db.writer()).await.expect("a placement");
}

both! {
    async fn a_partner_sees_whom_it_works_with(app: TestApp) {
        let world = World::new(&app, "north").await;
        let Tenant::District(district) = world.sis.caller.tenant else { panic!("a district") };
        let partner = app.partner("Mill").await;
        let caller = app.client(Tenant::Partner(partner)).await.caller;
        assert_eq!(counts(&app, &caller).await, ([0, 0], [0; 9]));
        app.affiliate(district, partner).await;
        assert_eq!(counts(&app, &caller).await, ([0, 0], [0; 9]));
        place(&app, district, partner, &world).await;
        assert_eq!(counts(&app, &caller).await, ([1, 1], [0; 9]));
        let stranger = app.partner("Forge").await;
        app.affiliate(district, stranger).await;
        let stranger = app.client(Tenant::Partner(stranger)).await.caller;
        assert_eq!(counts(&app, &stranger).await, ([0, 0], [0; 9]));
    }

    async fn a_district_sees_its_own_and_the_platform_all(app: TestApp) {
        let north = World::new(&app, "north").await;
        World::new(&app, "south").await;
        assert_eq!(counts(&app, &north.sis.caller).await, ([1, 1], [1; 9]));
        let platform = app.client(Tenant::Platform).await.caller;
        assert_eq!(counts(&app, &platform).await, ([2, 2], [2; 9]));
    }
}
