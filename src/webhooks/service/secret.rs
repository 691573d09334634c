//! The secrets of endpoints: drawn, replaced with an overlap, opened to sign.

use chrono::TimeDelta;
use entity::{
    id::WebhookEndpointId,
    webhook_endpoint::Model,
    webhook_secret::{self, Column, Entity},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use super::endpoint::{Which, adopt, load};
use crate::{
    app::App,
    auth::Caller,
    error::Result,
    store::{Write, visible},
    webhooks::sign::{Secret, Vault},
};

/// Draws a secret for the endpoint.
pub(super) async fn draw(write: &Write<'_>, endpoint: WebhookEndpointId) -> Result<Secret> {
    let clock = &write.app.clock;
    let secret = Secret::new(clock);
    let row = webhook_secret::ActiveModel {
        id: Set(clock.id()),
        endpoint_id: Set(endpoint),
        sealed: Set(Vault::of(&write.app.keys)?.seal(clock, endpoint, &secret)?),
        expires_at: Set(None),
        created_at: Set(write.now),
    };
    Entity::insert(row).exec_without_returning(&write.tx).await?;
    Ok(secret)
}

/// Replaces the secret; the old one goes on signing beside the new one for as long as `overlap`.
/// One that was being replaced already is gone at once: there are never more than two.
pub async fn rotate(
    app: &App,
    caller: &Caller,
    which: Which,
    overlap: TimeDelta,
) -> Result<(Model, Secret)> {
    let write = Write::begin(app, caller).await?;
    let row = load(&write, which).await?;
    let of_endpoint = Column::EndpointId.eq(row.id);
    let outgoing = Entity::delete_many().filter(of_endpoint.clone());
    outgoing.filter(Column::ExpiresAt.is_not_null()).exec(&write.tx).await?;
    let present = Entity::update_many().filter(of_endpoint);
    present.col_expr(Column::ExpiresAt, Expr::value(write.now + overlap)).exec(&write.tx).await?;
    let secret = draw(&write, row.id).await?;
    let version = row.version;
    let mut row = row.into_active_model();
    row.secret_rotated_at = Set(write.now);
    adopt(&write, &mut row);
    let row = write.update(row, version).await?;
    Ok((write.commit_row(row).await?, secret))
}

/// The secrets that sign now, the newest first; nothing when the key that opens them is lost.
pub async fn signing(app: &App, endpoint: WebhookEndpointId) -> Result<Option<Vec<Secret>>> {
    let now = app.clock.now();
    let of_endpoint = visible::<Entity>(&Caller::house(now))
        .filter(Column::EndpointId.eq(endpoint))
        .filter(Column::ExpiresAt.is_null().or(Column::ExpiresAt.gt(now)))
        .order_by_desc(Column::Id);
    let rows = of_endpoint.all(app.db.latest()).await?;
    let vault = Vault::of(&app.keys)?;
    let secrets: Option<Vec<_>> =
        rows.iter().map(|row| vault.open(endpoint, &row.sealed)).collect();
    Ok(secrets.filter(|secrets| !secrets.is_empty()))
}
