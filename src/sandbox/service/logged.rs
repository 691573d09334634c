//! Whose rows sandboxes are, for the log of changes.

use entity::{
    id::{DistrictId, SandboxId},
    sandbox::Model,
};
use uuid::Uuid;

use crate::{logged, store::Owners};

logged! {
    sandbox is SandboxId, of |row| owners(row), without
        ["owner_district_id", "owner_partner_id", "district_id", "partners", "used_at", "claimed_until"];
}

/// A row without a district is the bank's, and told to all of them when it is gone. A sandbox is
/// nobody else's, so it gets a district that there is not.
fn owners(row: &Model) -> Owners {
    let nowhere = DistrictId(Uuid::nil());
    Owners {
        district: Some(row.owner_district_id.unwrap_or(nowhere).into()),
        partner: row.owner_partner_id.map(Into::into),
    }
}
