//! Changes become deliveries: exactly those that the endpoint's client could pull, one behind the
//! other, and the endpoint's place in the log moves on in the same transaction.

mod fresh;
mod note;

use chrono::{DateTime, Utc};
use entity::{
    api_client::ApiClientState,
    change_log::ChangeOp,
    external_id,
    id::WebhookEndpointId,
    webhook_delivery,
    webhook_endpoint::{Column, DisabledReason, EndpointState, Entity, Model},
};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QuerySelect, sea_query::Expr,
};

use fresh::Fresh;
pub(super) use note::{Note, note};

use super::{endpoint::stop, pending};
use crate::{
    app::App,
    auth::{
        Caller, Scope, Tenant,
        client::{self, Client},
    },
    changes::{
        Cursor,
        feed::{self, Change},
        kinds::Kind,
    },
    error::{Code, Error, Result},
    store::visible,
    typeid,
    webhooks::rules::{self, Data, Key, Message},
};

/// Changes that become deliveries in one transaction.
const AT_ONCE: u64 = 200;
/// Deliveries that wait for one endpoint; more changes stay in the log until some have gone.
const MOST_WAITING: u64 = 10_000;
/// The event of a delivery that says that changes were lost to the endpoint.
const GAP: &str = "changes.gap";

/// How far an endpoint has come after a step.
struct Step {
    place: Cursor,
    cursor: String,
    last_cursor: String,
    deliveries: Vec<webhook_delivery::Model>,
}

/// Turns the next changes into deliveries; whether the endpoint has moved on in the log.
pub async fn fan_out(app: &App, endpoint: &Model) -> Result<bool> {
    let client = client::find(app, &typeid::encode(endpoint.client_id)).await?;
    let Some(caller) = client.and_then(|client| caller(app, endpoint, &client)) else {
        stop(app, endpoint.id, DisabledReason::ClientRevoked).await?;
        return Ok(false);
    };
    if waiting(app, endpoint.id).await? >= MOST_WAITING {
        return Ok(false);
    }
    let step = next(app, endpoint, &caller).await?;
    if step.cursor == endpoint.cursor {
        return Ok(false);
    }
    take(app, endpoint, step).await
}

/// What the endpoint's client may see now; nothing when it may no longer call.
fn caller(app: &App, endpoint: &Model, client: &Client) -> Option<Caller> {
    let is_active = client.state == ApiClientState::Active;
    let owner = match (endpoint.district_id, endpoint.partner_id) {
        (Some(id), _) => Tenant::District(id),
        (None, Some(id)) => Tenant::Partner(id),
        (None, None) => Tenant::Platform,
    };
    // A platform client may set up a tenant's endpoint; the tenant is told its own all the same.
    let is_of_tenant = client.tenant == owner || client.tenant == Tenant::Platform;
    let may = is_active && is_of_tenant && client.scopes.contains(Scope::WebhooksManage);
    may.then(|| Caller {
        client: client.id,
        tenant: owner,
        scopes: client.scopes,
        now: app.clock.now(),
        request: None,
        once: None,
    })
}

async fn waiting(app: &App, endpoint: WebhookEndpointId) -> Result<u64> {
    let of_endpoint = visible::<webhook_delivery::Entity>(&Caller::house(app.clock.now()))
        .filter(webhook_delivery::Column::EndpointId.eq(endpoint))
        .filter(pending())
        .limit(MOST_WAITING);
    Ok(of_endpoint.count(app.db.latest()).await?)
}

/// The next changes of the endpoint as deliveries, or the word that there is a gap.
async fn next(app: &App, endpoint: &Model, caller: &Caller) -> Result<Step> {
    let reader = app.db.read_after(true);
    let key = app.keys.cursor();
    let Some(after) = Cursor::open(key, &endpoint.cursor) else {
        return gap(app, endpoint, feed::now(reader).await?, caller.now);
    };
    let request = feed::Request {
        after: Some(after),
        first: AT_ONCE,
        kinds: kinds(endpoint),
        exclude_origin: endpoint.exclude_origin,
    };
    match feed::read(app, reader, caller, &request).await {
        Ok(page) => {
            let rows: Vec<_> = page.changes.iter().map(|change| &change.row).collect();
            let keys = feed::keys(reader, caller, &rows).await?;
            let told = page.changes.iter().zip(keys);
            told_of(app, endpoint, page.next, told, caller.now)
        }
        Err(Error::CursorExpired { oldest }) => {
            let oldest = Cursor::open(key, &oldest);
            let oldest = oldest.ok_or_else(|| Error::internal("the log gave no cursor of ours"))?;
            gap(app, endpoint, oldest, caller.now)
        }
        Err(Error::Argument { code: Code::CursorEpochMismatch, .. }) => {
            gap(app, endpoint, feed::now(reader).await?, caller.now)
        }
        Err(error) => Err(error),
    }
}

/// The kinds that the endpoint asks for; one that is no more is left out.
fn kinds(endpoint: &Model) -> Option<Vec<&'static Kind>> {
    let names: Vec<String> = serde_json::from_str(endpoint.types.as_deref()?).ok()?;
    Some(names.iter().filter_map(|name| Kind::of(name)).collect())
}

fn told_of<'c>(
    app: &App,
    endpoint: &Model,
    place: Cursor,
    told: impl Iterator<Item = (&'c Change, Vec<external_id::Model>)>,
    now: DateTime<Utc>,
) -> Result<Step> {
    let key = app.keys.cursor();
    let mut last_cursor = endpoint.last_cursor.clone();
    let mut deliveries = Vec::new();
    for ((change, keys), seq) in told.zip(endpoint.made + 1..) {
        let cursor = change.cursor.seal(key);
        let row = &change.row;
        let event = rules::event(&row.kind, &row.op.to_value());
        let id = typeid::with_prefix(&row.kind, row.entity_id);
        let external_ids =
            keys.iter().map(|key| Key { system: &key.system, value: &key.value }).collect();
        let fields: Vec<String> = serde_json::from_str(&row.changed_fields).unwrap_or_default();
        let body = rules::body(Message {
            event: &event,
            timestamp: row.occurred_at,
            data: Data {
                id: &id,
                external_ids,
                version: (row.op != ChangeOp::Gap).then(|| row.version.to_string()),
                changed_fields: fields,
                cursor: &cursor,
                previous_cursor: &last_cursor,
            },
        });
        let body = body.map_err(Error::internal)?;
        let delivery = Fresh { kind: &row.kind, event, entity_id: id, body, seq };
        deliveries.push(delivery.row(app, endpoint, now));
        last_cursor = cursor;
    }
    Ok(Step { place, cursor: place.seal(key), last_cursor, deliveries })
}

/// The word that changes were lost to the endpoint, and where it goes on.
fn gap(app: &App, endpoint: &Model, place: Cursor, now: DateTime<Utc>) -> Result<Step> {
    let cursor = place.seal(app.keys.cursor());
    let word = Note { event: GAP, cursor: cursor.clone(), is_link: true };
    let deliveries = vec![note(app, endpoint, &word, now)?];
    Ok(Step { place, last_cursor: cursor.clone(), cursor, deliveries })
}

/// Writes a step, unless another replica took it or the endpoint was set back meanwhile.
async fn take(app: &App, endpoint: &Model, step: Step) -> Result<bool> {
    let tx = app.db.begin().await?;
    let made = endpoint.made + i64::try_from(step.deliveries.len()).map_err(Error::internal)?;
    let moved = Entity::update_many()
        .col_expr(Column::Cursor, Expr::value(step.cursor))
        .col_expr(Column::ChangeNo, Expr::value(step.place.change_no))
        .col_expr(Column::LastCursor, Expr::value(step.last_cursor))
        .col_expr(Column::Made, Expr::value(made))
        .filter(Column::Id.eq(endpoint.id))
        .filter(Column::Cursor.eq(&endpoint.cursor))
        .filter(Column::Made.eq(endpoint.made))
        .filter(Column::State.eq(EndpointState::Active));
    if moved.exec(&tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    if !step.deliveries.is_empty() {
        let rows = step.deliveries.into_iter().map(IntoActiveModel::into_active_model);
        webhook_delivery::Entity::insert_many(rows).exec_without_returning(&tx).await?;
    }
    tx.commit().await?;
    Ok(true)
}
