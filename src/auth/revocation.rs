//! Clients and tokens that were withdrawn.
//!
//! A token is good for ten minutes without a look at the database, except for this: the ids of
//! revoked clients and tokens, few as they are, are read again once a second. So a revocation
//! reaches every replica within two seconds, and a process that cannot read them lets nobody in.

use std::{
    collections::HashSet,
    sync::{Arc, PoisonError, RwLock},
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{api_client, id::ApiClientId, revoked_token};
use futures_util::future;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};

use super::{rows, token::AccessToken};
use crate::{
    app::App,
    error::{Error, Result},
    store::Db,
};

/// How old the list may be.
const AGE: TimeDelta = TimeDelta::seconds(1);
/// Rows of tokens are kept a little longer than the tokens are accepted.
const MARGIN: TimeDelta = TimeDelta::minutes(1);

/// The latest list, and the right to read the next one.
#[derive(Default)]
pub(super) struct Revocations {
    latest: RwLock<Option<Arc<Revoked>>>,
    reading: tokio::sync::Mutex<()>,
}

struct Revoked {
    read_at: DateTime<Utc>,
    clients: HashSet<ApiClientId>,
    tokens: HashSet<String>,
}

/// Refuses a token that was withdrawn, or whose client was.
pub(super) async fn check(app: &App, token: &AccessToken) -> Result<()> {
    let revoked = app.memory.revocations.current(app).await?;
    if revoked.clients.contains(&token.client) {
        return Err(Error::Unauthenticated("the client of this access token was revoked"));
    }
    if revoked.tokens.contains(&token.jti) {
        return Err(Error::Unauthenticated("this access token was revoked"));
    }
    Ok(())
}

/// Withdraws one token.
pub async fn revoke_token(app: &App, token: &AccessToken) -> Result<()> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    revoked_token::Entity::delete_many()
        .filter(revoked_token::Column::ExpiresAt.lt(now))
        .exec(&tx)
        .await?;
    let row = revoked_token::ActiveModel {
        jti: Set(token.jti.clone()),
        expires_at: Set(token.expires_at + MARGIN),
    };
    revoked_token::Entity::insert(row)
        .on_conflict(OnConflict::column(revoked_token::Column::Jti).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    app.memory.revocations.forget();
    Ok(())
}

impl Revocations {
    /// Makes the next request read the list again.
    pub(super) fn forget(&self) {
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The list; of many requests that find it too old, one reads it and the others wait.
    async fn current(&self, app: &App) -> Result<Arc<Revoked>> {
        if let Some(revoked) = self.fresh(app.clock.now()) {
            return Ok(revoked);
        }
        let _reading = self.reading.lock().await;
        let now = app.clock.now();
        if let Some(revoked) = self.fresh(now) {
            return Ok(revoked);
        }
        let revoked = Arc::new(Revoked::read(&app.db, now).await?);
        *self.latest.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&revoked));
        Ok(revoked)
    }

    fn fresh(&self, now: DateTime<Utc>) -> Option<Arc<Revoked>> {
        let latest = self.latest.read().unwrap_or_else(PoisonError::into_inner);
        latest.clone().filter(|revoked| (now - revoked.read_at).abs() < AGE)
    }
}

impl Revoked {
    async fn read(db: &Db, now: DateTime<Utc>) -> Result<Self> {
        let clients = rows::<api_client::Entity>()
            .select_only()
            .column(api_client::Column::Id)
            .filter(api_client::Column::State.eq(api_client::ApiClientState::Revoked))
            .into_tuple::<ApiClientId>()
            .all(db.latest());
        let tokens = rows::<revoked_token::Entity>()
            .select_only()
            .column(revoked_token::Column::Jti)
            .filter(revoked_token::Column::ExpiresAt.gte(now))
            .into_tuple::<String>()
            .all(db.latest());
        let (clients, tokens) = future::try_join(clients, tokens).await?;
        Ok(Self {
            read_at: now,
            clients: clients.into_iter().collect(),
            tokens: tokens.into_iter().collect(),
        })
    }
}
