//! Registering clients, renewing what they prove themselves with, revoking them.

use entity::{
    api_client::{self, ApiClientKind, ApiClientState},
    id::{ApiClientId, PartnerId},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, PaginatorTrait, QueryFilter,
};

use super::{Secret, tenant};
use crate::{
    app::App,
    auth::{PublicKey, Scope, Scopes, Tenant, rows},
    error::{Error, Problem, ProblemCode, Result},
    store::{
        outbox::{ChangeOp, Origin, Outbox},
        view,
    },
    typeid,
};

const LONGEST_NAME: usize = 200;

/// A client to be registered.
#[derive(Debug, Clone)]
pub struct NewClient {
    /// On whose behalf it will call.
    pub kind: ApiClientKind,
    /// A district's slug, a partner's global id or exact name; nothing for the platform.
    pub tenant: Option<String>,
    /// What its owner calls it.
    pub name: String,
    /// What it is granted.
    pub scopes: Scopes,
    /// The PEM of its public key, if it proves itself with a key pair rather than with a secret.
    pub public_key: Option<String>,
}

/// A client that was registered, or got a new credential.
#[derive(Debug, Clone)]
pub struct Created {
    /// What it calls itself at `/oauth/token`.
    pub client_id: String,
    /// Its secret, unless it has a key: shown now and never again.
    pub secret: Option<Secret>,
}

/// The scopes that a client of this kind may be granted.
#[must_use]
pub fn grantable(kind: ApiClientKind) -> Scopes {
    match kind {
        ApiClientKind::District | ApiClientKind::Platform => Scopes::all(),
        ApiClientKind::Partner => Scopes::from_iter([
            Scope::PartnersRead,
            Scope::PartnersWrite,
            Scope::PlacementsRead,
            Scope::PlacementsWrite,
            Scope::StudentsRead,
            Scope::HoursRead,
            Scope::HoursWrite,
            Scope::RosterRead,
            Scope::ChangesRead,
            Scope::WebhooksManage,
            Scope::BulkManage,
            Scope::SandboxesManage,
        ]),
    }
}

/// Registers a client.
pub async fn create(app: &App, new: NewClient) -> Result<Created> {
    let tx = app.db.begin().await?;
    let mut problems = problems_of(&new);
    let tenant = match tenant::resolve(&tx, new.kind, new.tenant.as_deref()).await? {
        Ok(tenant) if problems.is_empty() => tenant,
        Ok(_) => return Err(Error::Invalid(problems)),
        Err(problem) => {
            problems.push(problem);
            return Err(Error::Invalid(problems));
        }
    };
    let (district_id, partner_id) = match tenant {
        Tenant::District(id) => (Some(id), None),
        Tenant::Partner(id) => (None, Some(id)),
        Tenant::Platform => (None, None),
    };
    let now = app.clock.now();
    let id: ApiClientId = app.clock.id();
    let secret = new.public_key.is_none().then(|| Secret::new(&app.clock));
    let row = api_client::ActiveModel {
        id: Set(id),
        kind: Set(new.kind),
        district_id: Set(district_id),
        partner_id: Set(partner_id),
        name: Set(new.name.trim().to_owned()),
        secret_hash: Set(secret.as_ref().map(Secret::hash)),
        public_key: Set(new.public_key),
        scopes: Set(new.scopes.to_string()),
        state: Set(ApiClientState::Active),
        last_used_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    let before = keepers(&tx, partner_id).await?;
    api_client::Entity::insert(row).exec_without_returning(&tx).await?;
    end(app, tx, partner_id, before).await?;
    Ok(Created { client_id: typeid::encode(id), secret })
}

/// Replaces what a client proves itself with: by the key, or by a new secret.
///
/// The old credential stops working at once; tokens that it earned live out their ten minutes.
pub async fn rotate(app: &App, client_id: &str, public_key: Option<String>) -> Result<Created> {
    if let Some(problem) = public_key.as_deref().and_then(key_problem) {
        return Err(problem.into());
    }
    let tx = app.db.begin().await?;
    let row = load_active(&tx, client_id).await?;
    let secret = public_key.is_none().then(|| Secret::new(&app.clock));
    let version = row.version + 1;
    let mut row = row.into_active_model();
    row.secret_hash = Set(secret.as_ref().map(Secret::hash));
    row.public_key = Set(public_key);
    row.updated_at = Set(app.clock.now());
    row.version = Set(version);
    row.update(&tx).await?;
    tx.commit().await?;
    Ok(Created { client_id: client_id.to_owned(), secret })
}

/// Revokes a client for good: within two seconds no token of it is accepted anywhere.
pub async fn revoke(app: &App, client_id: &str) -> Result<()> {
    let tx = app.db.begin().await?;
    let row = load_active(&tx, client_id).await?;
    let version = row.version + 1;
    let mut row = row.into_active_model();
    row.state = Set(ApiClientState::Revoked);
    row.updated_at = Set(app.clock.now());
    row.version = Set(version);
    let partner_id = row.partner_id.clone().take().flatten();
    let before = keepers(&tx, partner_id).await?;
    row.update(&tx).await?;
    end(app, tx, partner_id, before).await?;
    app.memory.revocations.forget();
    Ok(())
}

async fn load_active(tx: &DatabaseTransaction, client_id: &str) -> Result<api_client::Model> {
    let id = typeid::decode::<ApiClientId>(client_id).ok_or(Error::NotFound("client"))?;
    let row = rows::<api_client::Entity>().filter(api_client::Column::Id.eq(id)).one(tx).await?;
    let row = row.ok_or(Error::NotFound("client"))?;
    if row.state == ApiClientState::Active {
        return Ok(row);
    }
    let message = "the client was revoked, which is for good; register a new one";
    Err(Problem::field(ProblemCode::InvalidStateTransition, "clientId", message).into())
}

/// How many active clients a partner has: with the first it keeps its own record.
async fn keepers(tx: &DatabaseTransaction, partner: Option<PartnerId>) -> Result<u64> {
    let Some(partner) = partner else { return Ok(0) };
    let active = rows::<api_client::Entity>()
        .filter(api_client::Column::PartnerId.eq(partner))
        .filter(api_client::Column::State.eq(ApiClientState::Active));
    Ok(active.count(tx).await?)
}

/// Commits, and tells the districts of the partner's drafts, which they see while it does not keep
/// its own record.
async fn end(
    app: &App,
    tx: DatabaseTransaction,
    partner: Option<PartnerId>,
    before: u64,
) -> Result<()> {
    let after = keepers(&tx, partner).await?;
    if let Some(partner) = partner.filter(|_| (before == 0) != (after == 0)) {
        let outbox = Outbox::new(app, Origin::house(app.clock.now()));
        let op = if after == 0 { ChangeOp::Visible } else { ChangeOp::Hidden };
        view::drafts(&outbox, &tx, partner, op).await?;
        outbox.close(&tx).await?;
    }
    tx.commit().await?;
    app.db.wake().ring();
    Ok(())
}

fn problems_of(new: &NewClient) -> Vec<Problem> {
    let mut problems = Vec::new();
    let name = new.name.trim();
    if name.is_empty() {
        problems.push(Problem::required("name"));
    } else if name.chars().count() > LONGEST_NAME {
        let message = format!("a name has at most {LONGEST_NAME} characters");
        problems.push(Problem::field(ProblemCode::TooLong, "name", message));
    }
    let allowed = grantable(new.kind);
    if new.scopes.iter().next().is_none() {
        problems.push(Problem::required("scopes"));
    } else if !allowed.covers(new.scopes) {
        let excess: Scopes = new.scopes.iter().filter(|scope| !allowed.contains(*scope)).collect();
        let message = format!("a client of this kind cannot be granted: {excess}");
        problems.push(Problem::field(ProblemCode::Forbidden, "scopes", message));
    }
    problems.extend(new.public_key.as_deref().and_then(key_problem));
    problems
}

fn key_problem(pem: &str) -> Option<Problem> {
    let expected = PublicKey::parse(pem).err()?;
    Some(Problem::field(ProblemCode::InvalidFormat, "publicKey", expected))
}
