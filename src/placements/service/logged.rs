//! Whose rows placements and hours are, for the log of changes.

use entity::{
    id::{PlacementId, TimeEntryId},
    placement,
};

use crate::{
    logged,
    store::{
        Owners,
        view::{Move, Stage},
    },
};

logged! {
    placement is PlacementId, of |row| Owners::both(row.district_id, row.partner_id),
        moving of_placement by ["student_id", "coordinator_id"];
    time_entry is TimeEntryId, of |row| Owners::both(row.district_id, row.partner_id),
        without ["district_id", "partner_id", "student_id"];
}

#[expect(clippy::unnecessary_wraps, reason = "other tables move nothing at some stages")]
fn of_placement(row: &placement::Model, stage: Stage) -> Option<Move> {
    let (partner, student) = (row.partner_id, row.student_id);
    let is_named = !matches!(stage, Stage::Before | Stage::Gone);
    Some(Move::Placed { partner, student, coordinator: row.coordinator_id, is_named })
}
