//! Whose rows endpoints are, for the log of changes.

use entity::{
    id::{DistrictId, WebhookEndpointId},
    webhook_endpoint::Model,
};
use uuid::Uuid;

use crate::{logged, store::Owners};

logged! {
    webhook_endpoint is WebhookEndpointId, of |row| owners(row), without
        ["district_id", "partner_id", "client_id", "failing_since", "change_no", "last_cursor", "made"];
}

/// A row without a district is the bank's, and told to all of them when it is gone. An endpoint is
/// nobody else's, so it gets a district that there is not.
fn owners(row: &Model) -> Owners {
    let nowhere = DistrictId(Uuid::nil());
    Owners {
        district: Some(row.district_id.unwrap_or(nowhere).into()),
        partner: row.partner_id.map(Into::into),
    }
}
