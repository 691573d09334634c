//! Whether agreements cover a period.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    affiliation_agreement::{AgreementState, Column, Entity, Model},
    id::{DistrictId, PartnerId},
};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use crate::{
    error::{Blocker, Result},
    partners::rules,
    store::{Write, visible},
};

/// Whether signed agreements of the two cover every day from `from` through `to`, or what stands in
/// the way.
///
/// The agreements are held until the transaction ends, so that none is terminated in between.
pub async fn in_force(
    write: &Write<'_>,
    district: DistrictId,
    partner: PartnerId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Result<(), Vec<Blocker>>> {
    let signed = visible::<Entity>(write.caller)
        .filter(Column::DistrictId.eq(district))
        .filter(Column::PartnerId.eq(partner))
        .filter(Column::State.eq(AgreementState::Active))
        .lock_shared()
        .all(&write.tx)
        .await?;
    let blockers = rules::cover_blockers(&signed, from, to);
    Ok(if blockers.is_empty() { Ok(()) } else { Err(blockers) })
}

/// The signed agreements of a district, by partner; held until the transaction ends.
pub async fn signed(
    write: &Write<'_>,
    district: DistrictId,
) -> Result<HashMap<PartnerId, Vec<Model>>> {
    let signed = visible::<Entity>(write.caller)
        .filter(Column::DistrictId.eq(district))
        .filter(Column::State.eq(AgreementState::Active))
        .lock_shared()
        .all(&write.tx)
        .await?;
    let mut of: HashMap<_, Vec<_>> = HashMap::new();
    for row in signed {
        of.entry(row.partner_id).or_default().push(row);
    }
    Ok(of)
}
