//! Client assertions: `private_key_jwt` of RFC 7523, with the audience of its revision.
//!
//! A client signs that it is itself, for us, now, once. The algorithm is that of the registered
//! key, never that of the header. The audience is our issuer as one string, and nothing else: a
//! server that a client also talks to must not be able to use here what was signed for there.

use chrono::{DateTime, TimeDelta, Utc};
use entity::assertion_jti;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde::{Deserialize, Deserializer, de};
use serde_json::{Number, Value};

use super::{
    Client,
    public_key::PublicKey,
    token::{LEEWAY, signature_only},
};
use crate::{
    app::App,
    error::{Error, Result},
};

/// The furthest end of an assertion.
const LONGEST: TimeDelta = TimeDelta::minutes(5);
const LONGEST_JTI: usize = 256;
/// The types that mark a JWT as this one, or leave it open.
const TYPES: [&str; 2] = ["JWT", "client-authentication+jwt"];

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Value,
    #[serde(deserialize_with = "seconds")]
    exp: i64,
    #[serde(default, deserialize_with = "some_seconds")]
    iat: Option<i64>,
    #[serde(default, deserialize_with = "some_seconds")]
    nbf: Option<i64>,
    jti: String,
}

/// A time as RFC 7519 writes it: seconds, of which a fraction is cut off.
fn seconds<'de, D: Deserializer<'de>>(reader: D) -> Result<i64, D::Error> {
    let number = Number::deserialize(reader)?;
    let whole = || number.to_string().split('.').next()?.parse().ok();
    let time = number.as_i64().or_else(whole);
    time.ok_or_else(|| de::Error::custom("a time in seconds is expected"))
}

fn some_seconds<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<i64>, D::Error> {
    seconds(reader).map(Some)
}

/// The client that an assertion is about, before anything is believed.
#[must_use]
pub fn subject(assertion: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Subject {
        sub: String,
    }
    let claims = jsonwebtoken::dangerous::insecure_decode::<Subject>(assertion).ok()?;
    Some(claims.claims.sub)
}

/// Refuses an assertion that the client did not sign for us, now, for the first time.
pub(super) async fn check(app: &App, client: &Client, pem: &str, assertion: &str) -> Result<()> {
    let key = PublicKey::parse(pem).map_err(Error::internal)?;
    let claims = signed(&key, assertion)?;
    let now = app.clock.now();
    claims.check(&client.client_id(), &app.config.public_url, now)?;
    let expires_at = DateTime::from_timestamp(claims.exp, 0).ok_or(EXPIRED)?;
    if spend(app, client, claims.jti, expires_at + LEEWAY).await? {
        return Ok(());
    }
    Err(Error::Unauthenticated("the client assertion was used before; sign a new one each time"))
}

const FORGED: Error =
    Error::Unauthenticated("the client assertion was not signed with the client's registered key");
const MALFORMED: Error = Error::Unauthenticated(
    "the client assertion must be a JWT with the claims iss, sub, aud, exp and jti",
);
const EXPIRED: Error = Error::Unauthenticated("the client assertion has expired");

fn signed(key: &PublicKey, assertion: &str) -> Result<Claims> {
    let header = jsonwebtoken::decode_header(assertion).map_err(|_| MALFORMED)?;
    let known = |typ: &str| TYPES.iter().any(|known| known.eq_ignore_ascii_case(typ));
    if header.crit.is_some() || !header.typ.as_deref().is_none_or(known) {
        return Err(MALFORMED);
    }
    let checks = signature_only(key.algorithm);
    let decoded = jsonwebtoken::decode::<Value>(assertion, &key.key, &checks);
    let claims = decoded.map_err(|_| FORGED)?.claims;
    serde_json::from_value(claims).map_err(|_| MALFORMED)
}

impl Claims {
    fn check(&self, client_id: &str, issuer: &str, now: DateTime<Utc>) -> Result<()> {
        let seconds = now.timestamp();
        let leeway = LEEWAY.num_seconds();
        let refuse = |why| Err(Error::Unauthenticated(why));
        if self.iss != client_id || self.sub != client_id {
            return refuse("iss and sub of the client assertion must both be the client_id");
        }
        if self.aud.as_str() != Some(issuer) {
            return refuse(
                "aud of the client assertion must be the issuer of this server, as one string",
            );
        }
        if self.exp + leeway <= seconds {
            return Err(EXPIRED);
        }
        if self.exp > seconds + LONGEST.num_seconds() + leeway {
            return refuse("exp of the client assertion may be at most five minutes ahead");
        }
        if self.iat.max(self.nbf).is_some_and(|start| start > seconds + leeway) {
            return refuse("the client assertion is not valid yet");
        }
        let printable = !self.jti.chars().any(char::is_control);
        if self.jti.is_empty() || self.jti.len() > LONGEST_JTI || !printable {
            return refuse("jti of the client assertion must be 1 to 256 printable characters");
        }
        Ok(())
    }
}

/// Whether the assertion had not been used yet; now it has.
async fn spend(app: &App, client: &Client, jti: String, expires_at: DateTime<Utc>) -> Result<bool> {
    let tx = app.db.begin().await?;
    assertion_jti::Entity::delete_many()
        .filter(assertion_jti::Column::ExpiresAt.lt(app.clock.now()))
        .exec(&tx)
        .await?;
    let row = assertion_jti::ActiveModel {
        client_id: Set(client.id),
        jti: Set(jti),
        expires_at: Set(expires_at),
    };
    let columns = [assertion_jti::Column::ClientId, assertion_jti::Column::Jti];
    let added = assertion_jti::Entity::insert(row)
        .on_conflict(OnConflict::columns(columns).do_nothing().to_owned())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(added == 1)
}
