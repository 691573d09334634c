//! Making a sandbox: its tenants and its clients at once, its rows a moment later.

use std::sync::OnceLock;

use entity::{
    api_client::ApiClientKind,
    district,
    id::{DistrictId, PartnerId, SandboxId},
    partner,
    sandbox::{ActiveModel, Column, Entity, Model, SandboxState},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter};

use crate::{
    app::App,
    auth::{
        Caller, Scopes, Tenant,
        client::{self, Secret},
    },
    demo,
    error::{Detail, Error, Problem, ProblemCode, Result},
    roster::service::district as districts,
    sandbox::rules,
    store::{Write, create as create_row, visible},
    typeid,
};

/// A sandbox to be made.
#[derive(Debug, Clone)]
pub struct SandboxDraft {
    /// What its owner calls it.
    pub name: String,
    /// For which sides it gets a client.
    pub kinds: Vec<ApiClientKind>,
    /// About how many students there are.
    pub students: i32,
    /// What all chance comes from.
    pub seed: i32,
    /// Whose it is, when the platform makes it for somebody.
    pub owner: Option<Tenant>,
}

/// A client of a new sandbox.
#[derive(Debug, Clone)]
pub struct Credential {
    /// What it calls itself at `/oauth/token`.
    pub client_id: String,
    /// Its secret: shown now and never again.
    pub secret: Secret,
    /// For whom it calls.
    pub tenant: Tenant,
    /// What it may do.
    pub scopes: Scopes,
}

/// Makes a sandbox that waits to be filled.
pub async fn create(
    app: &App,
    caller: &Caller,
    draft: &SandboxDraft,
) -> Result<(Model, Vec<Credential>)> {
    let grants = checked(caller, draft).map_err(|problems| in_input(Error::Invalid(problems)))?;
    // The tenants of a sandbox are nobody's yet: the house makes them, as the client wishes.
    let maker = Caller { tenant: Tenant::Platform, scopes: Scopes::all(), ..caller.clone() };
    let write = Write::begin(app, &maker).await?;
    let owner = owner(&write, caller.tenant, draft.owner).await.map_err(in_input)?;
    check_room(&write, owner).await?;
    let id = app.clock.id();
    let (district, partners) = found(&write, id, &draft.name).await.map_err(in_input)?;
    let row = write.insert(new_row(&write, (id, draft), owner, (district, &partners))?).await?;
    let mut credentials = Vec::new();
    for (kind, scopes) in grants {
        let tenant = match kind {
            ApiClientKind::Partner => partners.first().copied().map(Tenant::Partner),
            _ => Some(Tenant::District(district)),
        };
        let tenant = tenant.ok_or_else(|| Error::internal("the story has no partner"))?;
        let named = (row.name.as_str(), scopes);
        let made = client::give(app, &write.tx, tenant, named).await?;
        let secret = made.secret.ok_or_else(|| Error::internal("a client without a secret"))?;
        credentials.push(Credential { client_id: made.client_id, secret, tenant, scopes });
    }
    Ok((write.commit_row(row).await?, credentials))
}

fn in_input(error: Error) -> Error {
    error.under(&["input"])
}

/// What each client may do, or everything that is wrong with the draft.
fn checked(
    caller: &Caller,
    draft: &SandboxDraft,
) -> Result<Vec<(ApiClientKind, Scopes)>, Vec<Problem>> {
    let SandboxDraft { name, kinds, students, seed, .. } = draft;
    let mut problems = rules::sandbox(name, kinds, *students, *seed);
    let mut grants: Vec<(ApiClientKind, Scopes)> = Vec::new();
    for kind in kinds {
        if grants.iter().any(|(granted, _)| granted == kind) {
            continue;
        }
        match rules::grant(*kind, caller.scopes) {
            Ok(scopes) => grants.push((*kind, scopes)),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(grants) } else { Err(problems) }
}

/// Whose the sandbox is. Its row is held until the end, so that no two take the last place at once.
async fn owner(write: &Write<'_>, own: Tenant, named: Option<Tenant>) -> Result<Tenant> {
    let owner = named.unwrap_or(own);
    if own != Tenant::Platform && owner != own {
        return Err(Problem::reference("tenantId", "tenant").into());
    }
    let missing = |_| Problem::reference("tenantId", "tenant");
    let is_sandbox = match owner {
        Tenant::Platform => false,
        Tenant::District(id) => {
            write.load::<district::Entity>(id).await.map_err(missing)?.is_sandbox
        }
        Tenant::Partner(id) => {
            write.load::<partner::Entity>(id).await.map_err(missing)?.sandbox_id.is_some()
        }
    };
    if is_sandbox {
        let message = "a sandbox has no sandboxes of its own";
        let detail = Detail::Permission { scope: None };
        return Err(Problem::with(ProblemCode::Forbidden, "", message, detail).into());
    }
    Ok(owner)
}

async fn check_room(write: &Write<'_>, owner: Tenant) -> Result<()> {
    let of_owner = Caller { tenant: owner, ..write.caller.clone() };
    let own = visible::<Entity>(&of_owner).filter(Column::State.ne(SandboxState::Deleting));
    if owner == Tenant::Platform || own.count(&write.tx).await? < rules::MOST {
        return Ok(());
    }
    let message = format!(
        "there are {} sandboxes already, the most that one tenant may have: delete one, or reset it",
        rules::MOST
    );
    Err(Problem::field(ProblemCode::LimitExceeded, "input", message).into())
}

/// The tenants of the sandbox.
async fn found(
    write: &Write<'_>,
    id: SandboxId,
    name: &str,
) -> Result<(DistrictId, Vec<PartnerId>)> {
    let roles = demo::roles();
    let draft = districts::DistrictDraft {
        slug: typeid::encode(id).replace('_', "-"),
        name: rules::marked(name),
        is_sandbox: true,
        ..roles.district
    };
    let district = districts::create(write, draft).await?.id;
    let mut partners = Vec::with_capacity(roles.partners.len());
    for draft in partners_of(district) {
        let row = create_row::<partner::Entity>(write, &draft).await?;
        partners.push(row.id);
    }
    Ok((district, partners))
}

/// The partners of a sandbox as they are on its first day.
pub(super) fn partners_of(
    district: DistrictId,
) -> impl Iterator<Item = crate::partners::service::partner::PartnerDraft> {
    demo::roles().partners.into_iter().map(move |mut draft| {
        draft.name = draft.name.as_deref().map(rules::marked);
        draft.sandbox = OnceLock::from(Some(district));
        draft
    })
}

fn new_row(
    write: &Write<'_>,
    (id, draft): (SandboxId, &SandboxDraft),
    owner: Tenant,
    (district, partners): (DistrictId, &[PartnerId]),
) -> Result<ActiveModel> {
    let (owner_district, owner_partner) = match owner {
        Tenant::District(id) => (Some(id), None),
        Tenant::Partner(id) => (None, Some(id)),
        Tenant::Platform => (None, None),
    };
    Ok(ActiveModel {
        id: Set(id),
        owner_district_id: Set(owner_district),
        owner_partner_id: Set(owner_partner),
        name: Set(draft.name.trim().to_owned()),
        district_id: Set(district),
        partners: Set(serde_json::to_string(partners).map_err(Error::internal)?),
        students: Set(draft.students),
        seed: Set(draft.seed),
        state: Set(SandboxState::Preparing),
        ready_at: Set(None),
        used_at: Set(write.now),
        claimed_until: Set(None),
        ..Default::default()
    })
}
