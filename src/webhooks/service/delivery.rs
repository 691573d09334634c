//! What clients do with deliveries: test an endpoint, send again, go back in the log.

use chrono::{DateTime, Utc};
use entity::{
    id::WebhookDeliveryId,
    webhook_delivery::{Column, DeliveryState, Entity, Model},
    webhook_endpoint::{self, EndpointState},
};
use sea_orm::{
    ActiveValue::Set,
    EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    endpoint::{Which, adopt, load},
    fan_out::{self, Note},
};
use crate::{
    app::App,
    auth::Caller,
    changes::{Cursor, feed},
    error::{Error, Problem, ProblemCode, Result},
    store::{Kept, Visible, Write, any_of, visible},
    typeid,
    webhooks::rules::PING,
};

/// Deliveries that one call sends again.
pub const MOST_AT_ONCE: usize = 100;

/// Makes a test message for an endpoint.
pub async fn ping(app: &App, caller: &Caller, which: Which) -> Result<Model> {
    let write = Write::begin(app, caller).await?;
    let endpoint = load(&write, which).await?;
    if endpoint.state != EndpointState::Active {
        let message = "the endpoint is DISABLED and told nothing: enable it first";
        return Err(
            Problem::field(ProblemCode::InvalidStateTransition, "endpointId", message).into()
        );
    }
    let note = Note { event: PING, cursor: endpoint.cursor.clone(), is_link: false };
    let delivery = fan_out::note(app, &endpoint, &note, write.now)?;
    let made = webhook_endpoint::Entity::update_many()
        .col_expr(webhook_endpoint::Column::Made, Expr::value(endpoint.made + 1));
    let of_endpoint = webhook_endpoint::Entity::visible(caller);
    let this = any_of(write.backend(), webhook_endpoint::Column::Id, &[endpoint.id.into()]);
    made.filter(of_endpoint).filter(this).exec(&write.tx).await?;
    Entity::insert(delivery.clone().into_active_model()).exec_without_returning(&write.tx).await?;
    write.commit_kept(&Kept::Row(typeid::encode(delivery.id))).await?;
    Ok(delivery)
}

/// Sends deliveries again, under the ids that they had.
pub async fn redeliver(
    app: &App,
    caller: &Caller,
    ids: &[WebhookDeliveryId],
) -> Result<Vec<Model>> {
    let keys: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let write = match Write::begin(app, caller).await {
        Err(Error::Replayed(_)) => return found(app, caller, &keys).await,
        write => write?,
    };
    let rows = write.load_all::<Entity>(&keys).await?;
    let is_missing = |key: &Uuid| !rows.iter().any(|row| row.id.0 == *key);
    let missing = keys.iter().enumerate().filter(|(_, key)| is_missing(key));
    let missing: Vec<_> =
        missing.map(|(at, _)| Problem::reference(&format!("ids.{at}"), Entity::NOUN)).collect();
    if !missing.is_empty() {
        return Err(Error::Invalid(missing));
    }
    send_again(&write, &keys).await?;
    write.commit_kept(&Kept::Rows(Vec::new())).await?;
    found(app, caller, &keys).await
}

async fn send_again(write: &Write<'_>, keys: &[Uuid]) -> Result<()> {
    let again = Entity::update_many()
        .col_expr(Column::State, Expr::value(DeliveryState::Pending))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::NextAttemptAt, Expr::value(write.now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<DateTime<Utc>>::None))
        .col_expr(Column::UpdatedAt, Expr::value(write.now))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1_i64));
    let among = any_of(write.backend(), Column::Id, keys);
    again.filter(Entity::visible(write.caller)).filter(among).exec(&write.tx).await?;
    Ok(())
}

/// The deliveries as they are now, in the order of their keys.
async fn found(app: &App, caller: &Caller, keys: &[Uuid]) -> Result<Vec<Model>> {
    let reader = app.db.read_after(true);
    let among = any_of(reader.backend, Column::Id, keys);
    let mut rows = reader.all(visible::<Entity>(caller), among).await?;
    rows.sort_by_key(|row| keys.iter().position(|key| *key == row.id.0));
    Ok(rows)
}

/// Makes deliveries anew of everything behind this place in the log.
pub async fn replay(
    app: &App,
    caller: &Caller,
    which: Which,
    from: &str,
) -> Result<webhook_endpoint::Model> {
    let from = place(app, caller, from).await?;
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    let version = row.version;
    let cursor = from.seal(app.keys.cursor());
    let mut row = row.into_active_model();
    row.last_cursor = Set(cursor.clone());
    row.cursor = Set(cursor);
    row.change_no = Set(from.change_no);
    adopt(&write, &mut row);
    let row = write.update(row, version).await?;
    write.commit_row(row).await
}

/// The place behind a cursor that the log still knows.
async fn place(app: &App, caller: &Caller, text: &str) -> Result<Cursor> {
    let refused = |code, message: String| Error::from(Problem::field(code, "fromCursor", message));
    let Some(cursor) = Cursor::open(app.keys.cursor(), text) else {
        let message =
            "this is no cursor of this server; give one that an answer or a delivery held";
        return Err(refused(ProblemCode::InvalidFormat, message.to_owned()));
    };
    let nothing = Some(Vec::new());
    let request =
        feed::Request { after: Some(cursor), first: 1, kinds: nothing, exclude_origin: false };
    let asked = feed::read(app, app.db.read_after(true), caller, &request).await;
    match asked {
        Ok(_) => Ok(cursor),
        Err(error @ (Error::CursorExpired { .. } | Error::Argument { .. })) => {
            Err(refused(ProblemCode::OutOfRange, error.to_string()))
        }
        Err(error) => Err(error),
    }
}
