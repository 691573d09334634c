//! A placement and its hours.

use chrono::NaiveTime;
use entity::{
    id::{PlacementId, TimeEntryId},
    placement::{self, PlacementState},
    time_entry::{self, TimeCategory, TimeEntryState},
    wbl::WorkBasedLearningKind,
};

use super::{Seed, day, partners::Bank, roster::Roster};

pub(super) async fn write(seed: &mut Seed<'_>, roster: &Roster, bank: &Bank) {
    let placement = write_placement(seed, roster, bank).await;
    let voided = write_hours(seed, roster, bank, placement, None).await;
    write_hours(seed, roster, bank, placement, Some(voided)).await;
}

async fn write_placement(seed: &mut Seed<'_>, roster: &Roster, bank: &Bank) -> PlacementId {
    let (id, marker) = seed.next();
    seed.put(placement::Model {
        id,
        district_id: roster.district,
        partner_id: bank.partner,
        student_id: roster.student,
        opportunity_id: Some(bank.opportunity),
        site_id: Some(bank.site),
        mentor_id: Some(bank.mentor),
        supervisor_id: Some(bank.supervisor),
        coordinator_id: Some(roster.coordinator),
        course_id: Some(roster.course),
        kind: WorkBasedLearningKind::Internship,
        state: PlacementState::Active,
        state_reason: Some(format!("{marker} reason")),
        starts_on: day(8, 1),
        ends_on: day(12, 1),
        started_on: Some(day(8, 1)),
        ended_on: None,
        goal_minutes: Some(6000),
        is_paid: true,
        hourly_wage_minor: Some(1750),
        wage_currency: Some("USD".to_owned()),
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}

async fn write_hours(
    seed: &mut Seed<'_>,
    roster: &Roster,
    bank: &Bank,
    placement_id: PlacementId,
    corrects: Option<TimeEntryId>,
) -> TimeEntryId {
    let (id, marker) = seed.next();
    let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour of the seed");
    let is_correction = corrects.is_some();
    seed.put(time_entry::Model {
        id,
        placement_id,
        district_id: roster.district,
        partner_id: bank.partner,
        student_id: roster.student,
        worked_on: day(8, 20),
        starts_at: hour(8),
        ends_at: hour(12),
        break_minutes: 0,
        minutes: 240,
        category: TimeCategory::Direct,
        state: if is_correction { TimeEntryState::Approved } else { TimeEntryState::Voided },
        note: Some(format!("{marker} note")),
        approved_by: Some(bank.supervisor),
        approved_at: Some(seed.now),
        returned_reason: Some(format!("{marker} returned")),
        corrects_id: corrects,
        created_at: seed.now,
        updated_at: seed.now,
        version: 1,
    })
    .await;
    id
}
