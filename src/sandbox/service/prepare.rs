//! Filling a sandbox from nothing, or from whatever is in it.

use entity::{
    partner,
    sandbox::{Entity, SandboxState},
};
use sea_orm::{ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

use super::{
    cast,
    claim::Claim,
    clear::{Extent, clear},
    create::partners_of,
};
use crate::{
    app::App,
    auth::Caller,
    demo::{self, Cast, Options},
    error::{Error, Result},
    store::{ErrorPolicy, RowKey, Wanted, Write, upsert_rows},
};

/// Empties the sandbox, tells its story, and lets it be used.
pub async fn prepare(app: &App, claim: &Claim) -> Result<()> {
    let row = &claim.row;
    clear(app, row, Extent::Story).await?;
    let partners = cast(row)?;
    restore(app, row.district_id, &partners).await?;
    let students = usize::try_from(row.students).map_err(Error::internal)?;
    let seed = u64::try_from(row.seed).map_err(Error::internal)?;
    let cast = Cast { district: row.district_id, partners };
    demo::fill(app, cast, Options { students, seed }).await?;
    finish(app, claim).await
}

/// Makes the partners what they were on the first day.
async fn restore(
    app: &App,
    district: entity::id::DistrictId,
    partners: &[entity::id::PartnerId],
) -> Result<()> {
    let wanted = partners.iter().zip(partners_of(district));
    let wanted = wanted.map(|(id, draft)| Ok(Wanted::under(RowKey::Id((*id).into()), draft)));
    let (house, nobody) = (Caller::house(app.clock.now()), Uuid::nil());
    let (wanted, policy) = (wanted.collect(), ErrorPolicy::RejectAll);
    let written = upsert_rows::<partner::Entity>(app, &house, nobody, wanted, policy).await?;
    let problems: Vec<_> = written.into_iter().flat_map(|row| row.problems).collect();
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// Says that it is ready, unless it was thrown away meanwhile.
async fn finish(app: &App, claim: &Claim) -> Result<()> {
    let house = Caller::house(app.clock.now());
    let write = Write::begin(app, &house).await?;
    let row = write.load::<Entity>(claim.row.id).await?;
    if !claim.is_of(&row) {
        return Ok(());
    }
    let version = row.version;
    let mut row = row.into_active_model();
    row.state = Set(SandboxState::Ready);
    row.ready_at = Set(Some(write.now));
    row.claimed_until = Set(None);
    write.update(row, version).await?;
    write.commit().await
}
