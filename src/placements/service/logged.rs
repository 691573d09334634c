//! Whose rows placements and hours are, for the log of changes.

use entity::id::{PlacementId, TimeEntryId};

use crate::{logged, store::Owners};

logged! {
    placement is PlacementId, of |row| Owners::both(row.district_id, row.partner_id);
    time_entry is TimeEntryId, of |row| Owners::both(row.district_id, row.partner_id),
        without ["district_id", "partner_id", "student_id"];
}
