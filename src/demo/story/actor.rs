//! Who writes: the client that the tenant uses in its daily work.

use entity::{
    api_client::ApiClientKind,
    id::{ApiClientId, DistrictId, PartnerId},
};
use uuid::Uuid;

use super::Story;
use crate::{
    app::App,
    auth::{
        Caller, Scopes, Tenant,
        client::{self, NewClient},
    },
    demo::credentials::Credential,
    error::{Error, Result},
    roster::service::district::operator,
    store::RowKey,
    typeid,
};

/// The systems whose keys districts and partners give their rows.
const SIS: &str = "sis";
const PORTAL: &str = "portal";

/// A client that writes.
#[derive(Debug, Clone, Copy)]
pub struct Actor {
    client: ApiClientId,
    tenant: Tenant,
    scopes: Scopes,
}

impl Actor {
    /// The operator, before there are any clients.
    pub fn operator(app: &App) -> Self {
        let caller = operator(app);
        Self { client: caller.client, tenant: caller.tenant, scopes: caller.scopes }
    }

    /// The tenant itself: no client of its own is said to have done what the story tells, so that
    /// each of them hears of it.
    pub fn of(tenant: Tenant) -> Self {
        Self { client: ApiClientId(Uuid::nil()), tenant, scopes: Scopes::all() }
    }

    /// The caller that its token would make, at the time of the story.
    pub fn caller(&self, app: &App) -> Caller {
        Caller {
            client: self.client,
            tenant: self.tenant,
            scopes: self.scopes,
            now: app.clock.now(),
            request: None,
            once: None,
        }
    }

    /// The tenant that its keys belong to.
    pub fn tenant_key(&self) -> Uuid {
        match self.tenant {
            Tenant::District(id) => id.into(),
            Tenant::Partner(id) => id.into(),
            Tenant::Platform => Uuid::nil(),
        }
    }

    /// A row by the key that its system has for it.
    pub fn key(&self, value: impl Into<String>) -> RowKey {
        let system = if matches!(self.tenant, Tenant::Partner(_)) { PORTAL } else { SIS };
        RowKey::External { system: system.to_owned(), value: value.into() }
    }
}

/// A client to be registered.
pub struct Wanted {
    pub kind: ApiClientKind,
    pub tenant: Tenant,
    /// The tenant as `pathbridge client create --tenant` takes it.
    pub named: Option<&'static str>,
    pub name: String,
    pub scopes: Scopes,
}

impl Wanted {
    /// A district's student information system.
    pub fn sis(id: DistrictId, slug: &'static str) -> Self {
        let kind = ApiClientKind::District;
        Self {
            kind,
            tenant: Tenant::District(id),
            named: Some(slug),
            name: format!("Student information system of {slug}"),
            scopes: client::grantable(kind),
        }
    }

    /// A partner's portal.
    pub fn portal(id: PartnerId, partner: &'static str) -> Self {
        let kind = ApiClientKind::Partner;
        Self {
            kind,
            tenant: Tenant::Partner(id),
            named: Some(partner),
            name: format!("Portal of {partner}"),
            scopes: client::grantable(kind),
        }
    }
}

impl Story<'_> {
    /// Registers a client and keeps its secret for whoever started the demo.
    pub async fn register(&mut self, wanted: Wanted) -> Result<Actor> {
        let Wanted { kind, tenant, named, name, scopes } = wanted;
        let tenant_name = named.map(str::to_owned);
        let new =
            NewClient { kind, tenant: tenant_name, name: name.clone(), scopes, public_key: None };
        let created = client::create(&self.app, new).await?;
        let client = typeid::decode(&created.client_id);
        let client = client.ok_or_else(|| Error::internal("a client's id cannot be read"))?;
        let secret =
            created.secret.ok_or_else(|| Error::internal("a client was made without a secret"))?;
        let client_id = created.client_id;
        self.credentials.push(Credential { kind, tenant: named, name, client_id, secret, scopes });
        Ok(Actor { client, tenant, scopes })
    }
}
