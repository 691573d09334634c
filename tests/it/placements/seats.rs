//! Seats: held by a match, given back by an end before its time, never more than there are.

use entity::{id::PlacementId, placement::PlacementState};
use pathbridge::placements::service::{
    draft::PlacementDraft,
    proposal,
    transition::{self, Which},
};

use super::{
    refusal::{codes, problems},
    world::World,
};
use crate::support::both;

fn any(id: PlacementId) -> Which {
    Which { id, expected_version: None }
}

/// Two proposals for the only seat of the world's opportunity.
async fn rivals(world: &World) -> [PlacementId; 2] {
    let mut ids = Vec::new();
    for student in [world.student, world.classmate] {
        let opportunity = Some(Some(world.opportunity));
        let draft = PlacementDraft { opportunity, ..world.draft(student) };
        let row = proposal::propose(&world.app.app, &world.sis(), &draft, None).await.unwrap();
        ids.push(row.id);
    }
    [ids[0], ids[1]]
}

both! {
    async fn of_two_who_race_for_the_last_seat_one_wins(app: TestApp) {
        let world = World::new(app).await;
        let race = rivals(&world).await.map(|id| {
            let (app, sis) = (world.app.app.clone(), world.sis());
            tokio::spawn(async move { transition::match_seat(&app, &sis, any(id)).await })
        });
        let mut won = Vec::new();
        let mut lost = Vec::new();
        for runner in race {
            match runner.await.unwrap() {
                Ok(row) => won.push(row),
                refused => lost.push(problems(refused)),
            }
        }
        assert_eq!((won.len(), lost.len()), (1, 1));
        assert_eq!(won[0].state, PlacementState::Matched);
        assert_eq!(codes(&lost[0]), ["SEATS_TAKEN"]);
        assert_eq!(world.seats_taken(world.opportunity).await, 1);
    }

    async fn a_seat_that_is_given_back_can_be_taken_again(app: TestApp) {
        let world = World::new(app).await;
        let (app, sis) = (&world.app.app, world.sis());
        let [first, second] = rivals(&world).await;
        let reason = || "changed plans".to_owned();
        transition::match_seat(app, &sis, any(first)).await.unwrap();
        transition::cancel(app, &sis, any(first), reason()).await.unwrap();
        assert_eq!(world.seats_taken(world.opportunity).await, 0);
        transition::match_seat(app, &sis, any(second)).await.unwrap();
        transition::start(app, &sis, any(second), None).await.unwrap();
        assert_eq!(world.seats_taken(world.opportunity).await, 1);
        transition::terminate(app, &sis, any(second), reason(), None).await.unwrap();
        assert_eq!(world.seats_taken(world.opportunity).await, 0);
    }

    async fn a_refused_step_leaves_the_seats_alone(app: TestApp) {
        let world = World::new(app).await;
        let (app, sis) = (&world.app.app, world.sis());
        let [first, second] = rivals(&world).await;
        transition::match_seat(app, &sis, any(first)).await.unwrap();
        problems(transition::cancel(app, &sis, any(first), String::new()).await);
        assert_eq!(world.seats_taken(world.opportunity).await, 1);
        transition::cancel(app, &sis, any(second), "never held one".to_owned()).await.unwrap();
        assert_eq!(world.seats_taken(world.opportunity).await, 1);
    }
}
