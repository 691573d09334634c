//! The clients of sandboxes: made, renewed and revoked in the transaction that does the same to their
//! tenants.

use chrono::TimeDelta;
use entity::{
    api_client::{self, ApiClientKind, ApiClientState},
    id::ApiClientId,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait,
    DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QueryTrait, Select, prelude::Expr,
    sea_query::ExprTrait,
};
use uuid::Uuid;

use super::{Client, Created, Secret};
use crate::{
    app::App,
    auth::{Scopes, Tenant, rows, token},
    error::Result,
    store::{Backend, Reader, any_of},
    typeid,
};

/// How long a revoked client must be remembered: until no token of it is in its time any more, which
/// is ten minutes and what the clocks of replicas differ by.
pub const REMEMBERED: TimeDelta = TimeDelta::minutes(15);
const _: () = assert!(REMEMBERED.num_minutes() > token::LIFETIME.num_minutes());

/// The clients that call for these districts and partners, revoked or not, the oldest first.
pub async fn of_tenants(conn: &impl ConnectionTrait, tenants: &[Uuid]) -> Result<Vec<Client>> {
    let all = calling_for(conn.get_database_backend().into(), tenants).all(conn).await?;
    all.into_iter().map(Client::from_row).collect()
}

/// The same for a level of an answer.
pub async fn shown(reader: Reader<'_>, tenants: &[Uuid]) -> Result<Vec<Client>> {
    let asked = calling_for(reader.backend, tenants).into_query();
    reader.rows(&asked).await?.into_iter().map(Client::from_row).collect()
}

fn calling_for(backend: Backend, tenants: &[Uuid]) -> Select<api_client::Entity> {
    let all = rows::<api_client::Entity>().filter(among(backend, tenants));
    all.order_by_asc(api_client::Column::Id)
}

/// Gives a tenant a client with these scopes, and a secret to prove itself with.
pub async fn give(
    app: &App,
    tx: &DatabaseTransaction,
    tenant: Tenant,
    (name, scopes): (&str, Scopes),
) -> Result<Created> {
    let (kind, district, partner) = match tenant {
        Tenant::District(id) => (ApiClientKind::District, Some(id), None),
        Tenant::Partner(id) => (ApiClientKind::Partner, None, Some(id)),
        Tenant::Platform => (ApiClientKind::Platform, None, None),
    };
    let now = app.clock.now();
    let id: ApiClientId = app.clock.id();
    let secret = Secret::new(&app.clock);
    let row = api_client::ActiveModel {
        id: Set(id),
        kind: Set(kind),
        district_id: Set(district),
        partner_id: Set(partner),
        name: Set(name.to_owned()),
        secret_hash: Set(Some(secret.hash())),
        public_key: Set(None),
        scopes: Set(scopes.to_string()),
        state: Set(ApiClientState::Active),
        last_used_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
        version: Set(1),
    };
    api_client::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(Created { client_id: typeid::encode(id), secret: Some(secret) })
}

/// Gives a client a new secret; the old one stops working at once.
pub async fn renew(app: &App, tx: &DatabaseTransaction, client: &Client) -> Result<Secret> {
    let secret = Secret::new(&app.clock);
    let version = Expr::col(api_client::Column::Version).add(1_i64);
    api_client::Entity::update_many()
        .col_expr(api_client::Column::SecretHash, Expr::value(secret.hash()))
        .col_expr(api_client::Column::PublicKey, Expr::value(None::<String>))
        .col_expr(api_client::Column::UpdatedAt, Expr::value(app.clock.now()))
        .col_expr(api_client::Column::Version, version)
        .filter(api_client::Column::Id.eq(client.id))
        .exec(tx)
        .await?;
    Ok(secret)
}

/// Revokes the clients of these tenants and tells how many were not; once that is committed,
/// [`recheck`] makes this process look.
pub async fn revoke_all(app: &App, tx: &DatabaseTransaction, tenants: &[Uuid]) -> Result<usize> {
    let active = rows::<api_client::Entity>()
        .filter(among(tx.get_database_backend().into(), tenants))
        .filter(api_client::Column::State.eq(ApiClientState::Active))
        .all(tx)
        .await?;
    let revoked = active.len();
    for row in active {
        let version = row.version + 1;
        let mut row: api_client::ActiveModel = row.into();
        row.state = Set(ApiClientState::Revoked);
        row.updated_at = Set(app.clock.now());
        row.version = Set(version);
        row.update(tx).await?;
    }
    Ok(revoked)
}

/// Makes this process read anew who is revoked; the others do so within two seconds.
pub fn recheck(app: &App) {
    app.memory.revocations.forget();
}

/// Forgets the revoked clients of these tenants and what belongs to them; no token of theirs may be
/// in its time any more, or it would pass for that of a client which was never revoked.
pub async fn remove(tx: &DatabaseTransaction, tenants: &[Uuid]) -> Result<()> {
    api_client::Entity::delete_many()
        .filter(among(tx.get_database_backend().into(), tenants))
        .filter(api_client::Column::State.eq(ApiClientState::Revoked))
        .exec(tx)
        .await?;
    Ok(())
}

fn among(backend: Backend, tenants: &[Uuid]) -> Condition {
    Condition::any().add(any_of(backend, api_client::Column::DistrictId, tenants)).add(any_of(
        backend,
        api_client::Column::PartnerId,
        tenants,
    ))
}
