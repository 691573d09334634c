//! Whose rows jobs are, for the log of changes.

use entity::{
    id::{DistrictId, JobId},
    job::Model,
};
use uuid::Uuid;

use crate::{logged, store::Owners};

logged! {
    job is JobId, of |row| owners(row), without [
        "district_id", "partner_id", "client_id", "scopes", "request", "processed", "total",
        "created", "updated", "unchanged", "rejected", "not_written", "retired", "done_bytes",
        "done_lines", "attempts", "claimed_by", "claimed_until",
    ];
}

/// A row without a district is the bank's, and told to all of them when it is gone. A job is nobody
/// else's, so it gets a district that there is not.
fn owners(row: &Model) -> Owners {
    let nowhere = DistrictId(Uuid::nil());
    Owners {
        district: Some(row.district_id.unwrap_or(nowhere).into()),
        partner: row.partner_id.map(Into::into),
    }
}
