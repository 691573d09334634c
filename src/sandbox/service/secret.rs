//! New secrets for the clients of a sandbox, whose old ones were lost.

use entity::{api_client::ApiClientState, sandbox::Model};
use sea_orm::IntoActiveModel;

use super::{Which, load, tenants};
use crate::{
    app::App,
    auth::{
        Caller,
        client::{self, Secret},
    },
    error::{Problem, Result},
    store::Write,
};

/// Gives a client of the sandbox a new secret; the old one stops working at once.
pub async fn rotate(
    app: &App,
    caller: &Caller,
    which: Which,
    client_id: &str,
) -> Result<(Model, Secret)> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    let tenants = tenants(&write.tx, &row, write.now).await?;
    let mut clients = client::of_tenants(&write.tx, &tenants).await?.into_iter();
    let is_meant = |client: &client::Client| {
        client.state == ApiClientState::Active && client.client_id() == client_id
    };
    let client = clients.find(is_meant);
    let client = client.ok_or_else(|| Problem::reference("clientId", "client of the sandbox"))?;
    let secret = client::renew(app, &write.tx, &client).await?;
    let version = row.version;
    let row = write.touch(row.into_active_model(), version, &["clients"]).await?;
    Ok((write.commit_row(row).await?, secret))
}
