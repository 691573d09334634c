//! Whose wishes and runs they are, for the log of changes.

use entity::id::{MatchRunId, PlacementPreferenceId};

use crate::{logged, store::Owners};

logged! {
    placement_preference is PlacementPreferenceId, of |row| Owners::district(row.district_id);
    match_run is MatchRunId, of |row| Owners::district(row.district_id);
}
