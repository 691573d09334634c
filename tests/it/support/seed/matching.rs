//! A list of wishes, and what a run of the matching made of it.

use entity::{
    id::{PlacementId, TypedId},
    match_result,
    match_run::{self, MatchRunState},
    placement_preference,
    status::RecordStatus,
};

use super::{Seed, day, partners::Bank, roster::Roster};

pub(super) async fn write(seed: &mut Seed<'_>, roster: &Roster, bank: &Bank) {
    let (id, _) = seed.next();
    seed.put(placement_preference::Model {
        id,
        district_id: roster.district,
        student_id: roster.student,
        opportunity_id: bank.opportunity,
        rank: 1,
        status: RecordStatus::Active,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    let (run_id, marker) = seed.next();
    seed.put(match_run::Model {
        id: run_id,
        district_id: roster.district,
        name: format!("{marker} name"),
        state: MatchRunState::Proposed,
        seed: format!("{marker} seed"),
        priorities: r#"["HIGHER_GRADE"]"#.to_owned(),
        starts_on: day(9, 1),
        ends_on: day(12, 1),
        students: 1,
        opportunities: 1,
        seats: 1,
        assigned: 1,
        settled_at: None,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    let placement = seed.rows.iter().rfind(|row| row.prefix == PlacementId::PREFIX);
    let placement_id = placement.map(|row| row.key.into());
    let (id, _) = seed.next();
    seed.put(match_result::Model {
        id,
        run_id,
        district_id: roster.district,
        student_id: roster.student,
        opportunity_id: Some(bank.opportunity),
        rank: Some(1),
        level: 0,
        ticket: 1,
        passed_over: "[]".to_owned(),
        placement_id,
    })
    .await;
}
