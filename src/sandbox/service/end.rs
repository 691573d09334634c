//! The end of a sandbox: its rows at once, its tenants when nobody can call for them any more.

use entity::{
    district, partner,
    sandbox::{Entity, Model},
};
use uuid::Uuid;

use super::{
    claim::Claim,
    clear::{Extent, clear},
    tenants,
};
use crate::{
    app::App,
    auth::{Caller, client},
    error::Result,
    store::Write,
};

/// Does what can be done by now.
pub async fn end(app: &App, claim: &Claim) -> Result<()> {
    clear(app, &claim.row, Extent::Everything).await?;
    let (now, since) = (app.clock.now(), claim.row.updated_at);
    if now < since + client::REMEMBERED {
        return claim.put_off(app, since + client::REMEMBERED).await;
    }
    if vanish(app, &claim.row).await? {
        return Ok(());
    }
    client::recheck(app);
    claim.put_off(app, now + client::REMEMBERED).await
}

/// Deletes the tenants and the sandbox itself; not when an operator has registered one more client,
/// whose tokens must come to their end first.
async fn vanish(app: &App, row: &Model) -> Result<bool> {
    let house = Caller::house(app.clock.now());
    let write = Write::begin(app, &house).await?;
    let tenants = tenants(&write.tx, row, write.now).await?;
    if client::revoke_all(app, &write.tx, &tenants).await? > 0 {
        write.commit().await?;
        return Ok(false);
    }
    client::remove(&write.tx, &tenants).await?;
    let home = Uuid::from(row.district_id);
    let partners: Vec<Uuid> = tenants.into_iter().filter(|tenant| *tenant != home).collect();
    write.delete_all::<partner::Entity>(&partners).await?;
    write.delete_all::<Entity>(&[row.id.into()]).await?;
    write.delete_all::<district::Entity>(&[home]).await?;
    write.commit().await?;
    Ok(true)
}
