//! API clients: programs that call on behalf of a district, a partner or the platform.
//!
//! A client proves itself with a secret, shown once and stored as its SHA-256 digest, or with a
//! key pair of its own, of which we hold the public half. It may ask for the scopes it was
//! granted. These rows say who a caller is, so they are read before there is a `Caller`; of the API
//! only the owner of a sandbox reaches them, those of its sandbox.

mod register;
mod sandboxed;
mod secret;
mod tenant;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    api_client::{self, ApiClientKind, ApiClientState},
    id::ApiClientId,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, prelude::Expr};
use uuid::Uuid;

pub use register::{Created, NewClient, create, grantable, revoke, rotate};
pub use sandboxed::{REMEMBERED, give, of_tenants, recheck, remove, renew, revoke_all, shown};
pub use secret::Secret;
pub(super) use secret::matches as secret_matches;
pub use tenant::tenant_names;

use super::{Scope, Scopes, Tenant, rows};
use crate::{
    app::App,
    error::{Error, Result},
    typeid,
};

/// How exact the time of the last use is.
const USE_INTERVAL: TimeDelta = TimeDelta::minutes(1);

/// A registered client.
#[derive(Clone)]
pub struct Client {
    /// Its key; clients know it as the `client_id`, in its global form.
    pub id: ApiClientId,
    /// Whose data it works with.
    pub tenant: Tenant,
    /// What its owner calls it.
    pub name: String,
    /// What it was granted.
    pub scopes: Scopes,
    /// Whether it may call.
    pub state: ApiClientState,
    /// When it last got a token, to the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was registered.
    pub created_at: DateTime<Utc>,
    pub(super) credential: Credential,
}

/// What a client proves itself with.
#[derive(Clone)]
pub(super) enum Credential {
    /// SHA-256 of a secret.
    Secret(Vec<u8>),
    /// The PEM of a public key.
    Key(String),
}

impl Client {
    /// The `client_id` on the wire.
    #[must_use]
    pub fn client_id(&self) -> String {
        typeid::encode(self.id)
    }

    /// Whether it proves itself with a key pair of its own rather than with a secret.
    #[must_use]
    pub fn has_key(&self) -> bool {
        matches!(self.credential, Credential::Key(_))
    }

    fn from_row(row: api_client::Model) -> Result<Self> {
        let tenant = match (row.kind, row.district_id, row.partner_id) {
            (ApiClientKind::District, Some(district), None) => Tenant::District(district),
            (ApiClientKind::Partner, None, Some(partner)) => Tenant::Partner(partner),
            (ApiClientKind::Platform, None, None) => Tenant::Platform,
            _ => return Err(Error::internal("a client's kind contradicts its tenant")),
        };
        let credential = match (row.secret_hash, row.public_key) {
            (Some(hash), None) => Credential::Secret(hash),
            (None, Some(key)) => Credential::Key(key),
            _ => return Err(Error::internal("a client must have either a secret or a key")),
        };
        // A scope that no longer exists is no longer granted, nor is one that a client of this kind
        // could not be granted today.
        let granted: Scopes = row.scopes.split(' ').filter_map(Scope::parse).collect();
        Ok(Self {
            id: row.id,
            tenant,
            name: row.name,
            scopes: granted.and(grantable(row.kind)),
            state: row.state,
            last_used_at: row.last_used_at,
            created_at: row.created_at,
            credential,
        })
    }
}

/// The client with this `client_id`, revoked or not.
pub async fn find(app: &App, client_id: &str) -> Result<Option<Client>> {
    // A text that is no id is looked for all the same: nobody learns from the time it takes.
    let id = typeid::decode(client_id).unwrap_or(ApiClientId(Uuid::nil()));
    let row = rows::<api_client::Entity>().filter(api_client::Column::Id.eq(id));
    let row = row.one(app.db.latest()).await?;
    row.map(Client::from_row).transpose()
}

/// All clients, the oldest first.
pub async fn list(app: &App) -> Result<Vec<Client>> {
    let all = rows::<api_client::Entity>().order_by_asc(api_client::Column::Id);
    all.all(app.db.latest()).await?.into_iter().map(Client::from_row).collect()
}

/// Notes that the client got a token, at most once a minute and without waiting for the writer.
pub(super) fn note_use(app: &App, client: &Client) {
    let now = app.clock.now();
    if client.last_used_at.is_some_and(|last| now < last + USE_INTERVAL) {
        return;
    }
    let (app, id) = (app.clone(), client.id);
    tokio::spawn(async move {
        let stale = Condition::any()
            .add(api_client::Column::LastUsedAt.is_null())
            .add(api_client::Column::LastUsedAt.lte(now - USE_INTERVAL));
        let update = api_client::Entity::update_many()
            .col_expr(api_client::Column::LastUsedAt, Expr::value(now))
            .filter(api_client::Column::Id.eq(id))
            .filter(stale);
        if let Err(error) = update.exec(app.db.writer()).await {
            tracing::warn!(%error, "the last use of a client was not noted");
        }
    });
}
