//! The terms of a placement: what a new one takes over, what may change when, what is wrong.

use entity::{placement::PlacementState, status::PersonStatus, wbl::WorkBasedLearningKind};
use pathbridge::{
    error::{Error, ProblemCode},
    placements::service::{draft::PlacementDraft, proposal},
    store::{self, RowKey},
};

use super::{
    refusal::{codes, problems, told},
    world::{World, day, student_of},
};
use crate::support::both;

/// Changes one placement in the name of the district.
async fn update(
    world: &World,
    id: entity::id::PlacementId,
    draft: PlacementDraft,
) -> Result<entity::placement::Model, Error> {
    let (app, sis) = (&world.app.app, world.sis());
    let key = RowKey::Id(id.into());
    store::update_row::<entity::placement::Entity>(app, &sis, key, None, Ok(draft)).await
}

/// A draft that changes every field that can be changed at all.
fn everything(world: &World) -> PlacementDraft {
    PlacementDraft {
        opportunity: Some(Some(world.opportunity)),
        kind: Some(WorkBasedLearningKind::CoOp),
        site: Some(Some(world.site)),
        mentor: Some(Some(world.mentor)),
        supervisor: Some(Some(world.supervisor)),
        coordinator: Some(Some(world.coordinator)),
        course: Some(Some(world.course)),
        starts_on: Some(day(9, 2)),
        ends_on: Some(day(12, 11)),
        goal_minutes: Some(Some(6000)),
        is_paid: Some(true),
        hourly_wage_minor: Some(Some(1800)),
        wage_currency: Some(Some("USD".to_owned())),
        ..PlacementDraft::default()
    }
}

/// The fields of [`everything`] that a placement in this state refuses.
async fn frozen(world: &World, state: PlacementState) -> Vec<String> {
    let id = world.placement_in(state).await;
    match update(world, id, everything(world)).await {
        Ok(row) => {
            assert_eq!((row.state, row.version), (state, 2));
            Vec::new()
        }
        refused => {
            let refused = problems(refused);
            assert!(refused.iter().all(|problem| problem.code == ProblemCode::ReadOnly));
            assert_eq!(world.stored(id).await.version, 1);
            told(&refused).into_iter().map(|(path, _)| path.replace("input.", "")).collect()
        }
    }
}

both! {
    async fn a_proposal_takes_over_what_its_opportunity_says(app: TestApp) {
        let world = World::new(app).await;
        let draft = PlacementDraft {
            partner: None,
            kind: None,
            opportunity: Some(Some(world.opportunity)),
            ..world.draft(world.student)
        };
        let row = proposal::propose(&world.app.app, &world.sis(), &draft, None).await.unwrap();
        assert_eq!(row, world.stored(row.id).await);
        assert_eq!((row.district_id, row.partner_id), (world.north, world.partner));
        assert_eq!(row.kind, WorkBasedLearningKind::Clinical);
        assert_eq!(row.site_id, Some(world.site));
        assert_eq!((row.is_paid, row.hourly_wage_minor), (true, Some(1750)));
        assert_eq!(row.wage_currency.as_deref(), Some("USD"));
        assert_eq!(row.state, PlacementState::Proposed);
        assert_eq!(world.seats_taken(world.opportunity).await, 0);
    }

    async fn a_proposal_keeps_what_it_says_itself(app: TestApp) {
        let world = World::new(app).await;
        let draft = PlacementDraft {
            opportunity: Some(Some(world.opportunity)),
            site: Some(None),
            is_paid: Some(false),
            ..world.draft(world.student)
        };
        let row = proposal::propose(&world.app.app, &world.sis(), &draft, None).await.unwrap();
        assert_eq!(row.kind, WorkBasedLearningKind::Internship);
        assert_eq!((row.site_id, row.is_paid, row.hourly_wage_minor), (None, false, None));
    }

    async fn everything_that_is_wrong_is_told_at_once(app: TestApp) {
        let world = World::new(app).await;
        let draft = PlacementDraft {
            student: Some(world.stranger),
            mentor: Some(Some(world.outsider)),
            supervisor: Some(Some(world.outsider)),
            starts_on: Some(day(9, 8)),
            ends_on: Some(day(9, 7)),
            goal_minutes: Some(Some(0)),
            hourly_wage_minor: Some(Some(-1)),
            wage_currency: Some(Some("usd".to_owned())),
            kind: None,
            ..world.draft(world.student)
        };
        let refused = proposal::propose(&world.app.app, &world.sis(), &draft, None).await;
        let expected = [
            ("studentId", ProblemCode::ReferenceNotFound),
            ("mentorId", ProblemCode::ReferenceNotFound),
            ("supervisorId", ProblemCode::ReferenceNotFound),
            ("endsOn", ProblemCode::OutOfRange),
            ("goalMinutes", ProblemCode::OutOfRange),
            ("hourlyWage", ProblemCode::OutOfRange),
            ("hourlyWage", ProblemCode::OutOfRange),
            ("wageCurrency", ProblemCode::InvalidFormat),
            ("kind", ProblemCode::Required),
        ];
        let expected = expected.map(|(path, code)| (format!("input.{path}"), code));
        assert_eq!(told(&problems(refused)), expected);
    }

    async fn an_empty_proposal_says_what_it_needs(app: TestApp) {
        let world = World::new(app).await;
        let draft = PlacementDraft::default();
        let refused = proposal::propose(&world.app.app, &world.sis(), &draft, None).await;
        let expected = ["studentId", "partnerId", "startsOn", "endsOn", "kind"]
            .map(|path| (format!("input.{path}"), ProblemCode::Required));
        assert_eq!(told(&problems(refused)), expected);
    }

    async fn a_student_who_left_is_not_proposed(app: TestApp) {
        let world = World::new(app).await;
        let gone = student_of(&world.app, world.north, PersonStatus::Inactive).await;
        let draft = world.draft(gone);
        let refused = proposal::propose(&world.app.app, &world.sis(), &draft, None).await;
        let expected = ("input.studentId".to_owned(), ProblemCode::ReferenceNotFound);
        assert_eq!(told(&problems(refused)), [expected]);
    }

    async fn fewer_terms_change_the_further_a_placement_has_come(app: TestApp) {
        let world = World::new(app).await;
        assert_eq!(frozen(&world, PlacementState::Proposed).await, [""; 0]);
        assert_eq!(frozen(&world, PlacementState::Matched).await, ["opportunityId"]);
        let agreed = [
            "opportunityId", "kind", "siteId", "startsOn", "isPaid", "hourlyWage", "wageCurrency",
        ];
        assert_eq!(frozen(&world, PlacementState::Active).await, agreed);
        for state in [
            PlacementState::Completed,
            PlacementState::Cancelled,
            PlacementState::Terminated,
        ] {
            assert_eq!(frozen(&world, state).await.len(), 13, "{state:?}");
        }
    }

    async fn student_and_partner_never_change(app: TestApp) {
        let world = World::new(app).await;
        let id = world.placement_in(PlacementState::Proposed).await;
        let draft = PlacementDraft {
            student: Some(world.classmate),
            partner: Some(world.other_partner),
            ..PlacementDraft::default()
        };
        let expected = ["input.studentId", "input.partnerId"];
        let expected = expected.map(|path| (path.to_owned(), ProblemCode::ReadOnly));
        assert_eq!(told(&problems(update(&world, id, draft).await)), expected);
    }

    async fn a_placement_under_way_is_prolonged_within_the_agreement(app: TestApp) {
        let world = World::new(app).await;
        let id = world.placement_in(PlacementState::Active).await;
        let until = |year, month, day| PlacementDraft {
            ends_on: chrono::NaiveDate::from_ymd_opt(year, month, day),
            ..PlacementDraft::default()
        };
        let refused = problems(update(&world, id, until(2027, 6, 30)).await);
        assert_eq!(codes(&refused), ["AFFILIATION_ENDS_EARLY"]);
        assert_eq!(refused[0].path, ["input", "endsOn"]);
        assert_eq!(update(&world, id, until(2027, 2, 26)).await.unwrap().version, 2);
    }
}
