//! Setting endpoints up, changing, stopping and deleting them.

mod state;

use chrono::{DateTime, Utc};
use entity::{
    id::{TypedId, WebhookEndpointId},
    webhook_endpoint::{ActiveModel, EndpointState, Entity, Model},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel, PaginatorTrait};

pub use state::{disable, enable, stop};

use super::secret;
use crate::{
    app::App,
    auth::{Caller, Tenant},
    changes::feed,
    error::{Error, Problem, ProblemCode, Result},
    store::{Write, assign, expect_version, visible},
    webhooks::{rules, sign::Secret, target::Reach},
};

/// Endpoints of one tenant.
const MOST: u64 = 50;

/// How an endpoint should be; what is `None` is kept.
#[derive(Debug, Clone, Default)]
pub struct EndpointDraft {
    /// Where deliveries are posted.
    pub url: Option<String>,
    /// What its owner calls it.
    pub description: Option<Option<String>>,
    /// The kinds of rows whose changes are told; all when there is none.
    pub types: Option<Option<Vec<&'static str>>>,
    /// Whether the client's own changes are left out.
    pub exclude_origin: Option<bool>,
}

/// Which endpoint, and the version of it that the caller has seen.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// The endpoint.
    pub id: WebhookEndpointId,
    /// A stale version is refused.
    pub expected_version: Option<i64>,
}

/// Sets an endpoint up: it is told of everything from now on.
pub async fn create(app: &App, caller: &Caller, draft: &EndpointDraft) -> Result<(Model, Secret)> {
    check(app, draft, true)?;
    let here = feed::now(app.db.read_after(true)).await?;
    let cursor = here.seal(app.keys.cursor());
    let write = Write::begin(app, caller).await?;
    check_room(&write).await?;
    let mut row = new_row(caller, write.now);
    row.id = Set(app.clock.id());
    row.last_cursor = Set(cursor.clone());
    row.cursor = Set(cursor);
    row.change_no = Set(here.change_no);
    put(draft, &mut row)?;
    let row = write.insert(row).await?;
    let secret = secret::draw(&write, row.id).await?;
    Ok((write.commit_row(row).await?, secret))
}

fn new_row(caller: &Caller, now: DateTime<Utc>) -> ActiveModel {
    let (district, partner) = match caller.tenant {
        Tenant::District(id) => (Some(id), None),
        Tenant::Partner(id) => (None, Some(id)),
        Tenant::Platform => (None, None),
    };
    ActiveModel {
        district_id: Set(district),
        partner_id: Set(partner),
        client_id: Set(caller.client),
        description: Set(None),
        types: Set(None),
        exclude_origin: Set(false),
        state: Set(EndpointState::Active),
        disabled_reason: Set(None),
        failing_since: Set(None),
        secret_rotated_at: Set(now),
        made: Set(0),
        ..Default::default()
    }
}

/// Changes an endpoint; from then on it is told what the caller may read.
pub async fn update(
    app: &App,
    caller: &Caller,
    which: Which,
    draft: &EndpointDraft,
) -> Result<Model> {
    check(app, draft, false)?;
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    let version = row.version;
    let mut row = row.into_active_model();
    put(draft, &mut row)?;
    if row.is_changed() {
        adopt(&write, &mut row);
    }
    let row = write.update(row, version).await?;
    write.commit_row(row).await
}

/// Deletes an endpoint with its secrets and deliveries; answers it as it was.
pub async fn delete(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    write.delete_all::<Entity>(&[row.id.into()]).await?;
    // The log tells of the end as one more version.
    write.commit_row(Model { version: row.version + 1, ..row }).await
}

/// The endpoint, locked, for a caller who knows its version.
pub(super) async fn load(write: &Write<'_>, which: Which) -> Result<Model> {
    let row = write.load::<Entity>(which.id).await?;
    let Which { id, expected_version } = which;
    expect_version(WebhookEndpointId::PREFIX, id, row.version, expected_version)?;
    Ok(row)
}

/// Makes the caller the client whose view the endpoint is told: nobody sends to an address of its
/// choosing what only another may read.
pub(super) fn adopt(write: &Write<'_>, row: &mut ActiveModel) {
    assign(&mut row.client_id, Some(&write.caller.client));
}

fn check(app: &App, draft: &EndpointDraft, is_new: bool) -> Result<()> {
    let problems = rules::endpoint(draft, is_new, Reach::of(&app.config));
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems).under(&["input"])) }
}

async fn check_room(write: &Write<'_>) -> Result<()> {
    let own = visible::<Entity>(write.caller).count(&write.tx).await?;
    if own < MOST || write.caller.tenant == Tenant::Platform {
        return Ok(());
    }
    let message = format!("there are {MOST} endpoints already, the most that one tenant may have");
    Err(Problem::field(ProblemCode::LimitExceeded, "input", message).into())
}

fn put(draft: &EndpointDraft, row: &mut ActiveModel) -> Result<()> {
    assign(&mut row.url, draft.url.as_ref());
    assign(&mut row.description, draft.description.as_ref());
    let types = draft.types.as_ref().map(|types| {
        types.as_ref().map(serde_json::to_string).transpose().map_err(Error::internal)
    });
    assign(&mut row.types, types.transpose()?.as_ref());
    assign(&mut row.exclude_origin, draft.exclude_origin.as_ref());
    Ok(())
}
