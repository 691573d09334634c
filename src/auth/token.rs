//! Access tokens: signed statements (RFC 9068) of which client calls, for whom, with which scopes.
//!
//! A token is a JWT of the type `at+jwt`, signed with ES256, good for ten minutes and for this
//! server only. It is checked strictly: the type and the algorithm are ours and not what the
//! header would like, the key is one of ours, every claim is present, the time is that of the
//! injected clock. A token that passed is remembered by its digest until it expires; its time and
//! its revocation are looked at on every request.

use std::{sync::Arc, time::Duration};

use aws_lc_rs::digest;
use chrono::{DateTime, TimeDelta, Utc};
use entity::id::{ApiClientId, DistrictId, PartnerId};
use jsonwebtoken::{Algorithm, Header, Validation};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};

use super::{Caller, Client, Scopes, Tenant, client::grantable, random, revocation};
use crate::{
    app::App,
    error::{Error, Result},
    typeid,
};

/// How long a token is good for.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);
/// How far the clocks of two replicas may differ.
pub(super) const LEEWAY: TimeDelta = TimeDelta::seconds(5);
const TYPE: &str = "at+jwt";
/// No token of ours is longer; a longer text is not worth a digest.
const LONGEST: usize = 4096;
/// Verified tokens that are remembered.
const REMEMBERED: u64 = 10_000;

/// The claims as they are signed.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    client_id: String,
    iat: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
    exp: i64,
    jti: String,
    scope: String,
    tenant: String,
}

/// What a genuine token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The client it was issued to.
    pub client: ApiClientId,
    /// Whose data the client works with.
    pub tenant: Tenant,
    /// What the client may do with it.
    pub scopes: Scopes,
    /// Its own id, by which it can be revoked.
    pub jti: String,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    not_before: Option<DateTime<Utc>>,
}

/// Tokens that passed, by their SHA-256 digest.
pub(super) struct Verified(Cache<[u8; 32], Arc<AccessToken>>);

impl Default for Verified {
    fn default() -> Self {
        let lifetime = LIFETIME.num_seconds().unsigned_abs();
        let cache = Cache::builder().max_capacity(REMEMBERED);
        Self(cache.time_to_live(Duration::from_secs(lifetime)).build())
    }
}

/// Signs a new token for a client that has proved itself.
pub fn issue(app: &App, client: &Client, scopes: Scopes) -> Result<String> {
    let now = app.clock.now();
    let client_id = typeid::encode(client.id);
    let claims = Claims {
        iss: app.config.public_url.clone(),
        aud: app.config.public_url.clone(),
        sub: client_id.clone(),
        client_id,
        iat: now.timestamp(),
        nbf: None,
        exp: (now + LIFETIME).timestamp(),
        jti: random::<16>(&app.clock),
        scope: scopes.to_string(),
        tenant: tenant_claim(client.tenant),
    };
    let signer = app.keys.signer().ok_or_else(|| Error::internal("there is no signing key"))?;
    let mut header = Header::new(Algorithm::ES256);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(signer.kid().to_owned());
    jsonwebtoken::encode(&header, &claims, signer.private()).map_err(Error::internal)
}

/// The caller behind the token of an `Authorization: Bearer` header.
pub async fn authenticate(app: &App, bearer: &str) -> Result<Caller> {
    let token = inspect(app, bearer).await?;
    let (client, tenant) = (token.client, token.tenant);
    // Whatever the token says, nobody holds what his kind cannot be granted.
    let scopes = token.scopes.and(grantable(tenant.kind()));
    Ok(Caller { client, tenant, scopes, now: app.clock.now(), request: None, once: None })
}

/// What a token says that is genuine, in its time and not revoked.
pub async fn inspect(app: &App, bearer: &str) -> Result<Arc<AccessToken>> {
    let token = verify(app, bearer)?;
    revocation::check(app, &token).await?;
    Ok(token)
}

/// What a token says that is genuine and in its time, whether revoked or not.
pub fn verify(app: &App, bearer: &str) -> Result<Arc<AccessToken>> {
    if bearer.len() > LONGEST {
        return Err(NOT_OURS);
    }
    let mut key = [0; 32];
    key.copy_from_slice(digest::digest(&digest::SHA256, bearer.as_bytes()).as_ref());
    if let Some(token) = app.memory.tokens.0.get(&key) {
        token.check_time(app.clock.now())?;
        return Ok(token);
    }
    let token = Arc::new(genuine(app, bearer)?);
    token.check_time(app.clock.now())?;
    app.memory.tokens.0.insert(key, Arc::clone(&token));
    Ok(token)
}

const NOT_OURS: Error = Error::Unauthenticated("the access token was not issued by this server");
const MALFORMED: Error =
    Error::Unauthenticated("the access token is malformed: a JWT of the type at+jwt is expected");

fn genuine(app: &App, bearer: &str) -> Result<AccessToken> {
    let header = jsonwebtoken::decode_header(bearer).map_err(|_| MALFORMED)?;
    if header.typ.as_deref() != Some(TYPE) || header.crit.is_some() {
        return Err(MALFORMED);
    }
    let kid = header.kid.as_deref().ok_or(MALFORMED)?;
    let key = app.keys.verifier(kid).ok_or(NOT_OURS)?;
    let checks = signature_only(Algorithm::ES256);
    let claims = jsonwebtoken::decode::<Claims>(bearer, key, &checks).map_err(|_| NOT_OURS)?.claims;
    if claims.iss != app.config.public_url || claims.sub != claims.client_id {
        return Err(NOT_OURS);
    }
    if claims.aud != app.config.public_url {
        return Err(Error::Unauthenticated("the access token is meant for another server"));
    }
    claims.read().ok_or(MALFORMED)
}

/// Checks nothing but the signature and its algorithm: the library would ask the machine's clock.
pub(super) fn signature_only(algorithm: Algorithm) -> Validation {
    let mut checks = Validation::new(algorithm);
    checks.required_spec_claims.clear();
    checks.validate_exp = false;
    checks.validate_nbf = false;
    checks.validate_aud = false;
    checks
}

impl Claims {
    fn read(self) -> Option<AccessToken> {
        Some(AccessToken {
            client: typeid::decode(&self.client_id)?,
            tenant: parse_tenant(&self.tenant)?,
            scopes: Scopes::parse(&self.scope).ok()?,
            jti: self.jti,
            issued_at: DateTime::from_timestamp(self.iat, 0)?,
            expires_at: DateTime::from_timestamp(self.exp, 0)?,
            not_before: match self.nbf {
                Some(seconds) => Some(DateTime::from_timestamp(seconds, 0)?),
                None => None,
            },
        })
    }
}

impl AccessToken {
    fn check_time(&self, now: DateTime<Utc>) -> Result<()> {
        let latest_start =
            self.not_before.map_or(self.issued_at, |start| start.max(self.issued_at));
        if latest_start > now + LEEWAY {
            return Err(Error::Unauthenticated("the access token is not valid yet"));
        }
        if now >= self.expires_at + LEEWAY { Err(Error::TokenExpired) } else { Ok(()) }
    }
}

fn tenant_claim(tenant: Tenant) -> String {
    match tenant {
        Tenant::District(id) => typeid::encode(id),
        Tenant::Partner(id) => typeid::encode(id),
        Tenant::Platform => "platform".to_owned(),
    }
}

fn parse_tenant(text: &str) -> Option<Tenant> {
    if text == "platform" {
        return Some(Tenant::Platform);
    }
    let district = || typeid::decode::<DistrictId>(text).map(Tenant::District);
    district().or_else(|| typeid::decode::<PartnerId>(text).map(Tenant::Partner))
}
