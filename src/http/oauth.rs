//! OAuth 2.0 for programs: client credentials, revocation, introspection, metadata.
//!
//! The answers are those of the RFCs to the letter (6749, 7009, 7662, 8414), because the other
//! side is a library: its errors are not GraphQL's, and none of them is cached.

mod credentials;
mod fields;
mod metadata;
mod refusal;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};

use self::{fields::Fields, refusal::Refusal};
use crate::{
    app::App,
    auth::{Client, Scopes, revocation, token},
    error::Error,
    typeid,
};

/// No honest request is longer.
const LONGEST_BODY: usize = 16 * 1024;

type Answer = Result<Response, Refusal>;

/// The endpoints under `/oauth` and the two well-known documents.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/oauth/token", post(issue))
        .route("/oauth/revoke", post(revoke))
        .route("/oauth/introspect", post(introspect))
        .route("/.well-known/oauth-authorization-server", get(metadata::server))
        .route("/.well-known/jwks.json", get(metadata::keys))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
}

async fn issue(State(app): State<App>, headers: HeaderMap, fields: Fields) -> Answer {
    match fields.get("grant_type") {
        Some("client_credentials") => {}
        Some(_) => return Err(Refusal::unsupported_grant_type()),
        None => return Err(Refusal::invalid_request("grant_type is missing")),
    }
    let client = credentials::prove(&app, &headers, &fields).await?;
    let scopes = granted(&client, fields.get("scope"))?;
    Ok(uncached(json!({
        "access_token": token::issue(&app, &client, scopes)?,
        "token_type": "Bearer",
        "expires_in": token::LIFETIME.num_seconds(),
        "scope": scopes.to_string(),
    })))
}

/// What was asked for, or everything the client was granted when it asked for nothing.
fn granted(client: &Client, asked: Option<&str>) -> Result<Scopes, Refusal> {
    let Some(asked) = asked else { return Ok(client.scopes) };
    let asked = Scopes::parse(asked)
        .map_err(|name| Refusal::invalid_scope(format!("there is no scope {name}")))?;
    if client.scopes.covers(asked) && asked.iter().next().is_some() {
        return Ok(asked);
    }
    Err(Refusal::invalid_scope(format!("the client was granted only: {}", client.scopes)))
}

/// Withdraws a token of the client. A text that is no token of ours needs no withdrawing.
async fn revoke(State(app): State<App>, headers: HeaderMap, fields: Fields) -> Answer {
    let client = credentials::prove(&app, &headers, &fields).await?;
    match token::verify(&app, token_of(&fields)?) {
        Ok(token) if token.client == client.id => revocation::revoke_token(&app, &token).await?,
        Ok(_) => return Err(Refusal::invalid_grant("the token was issued to another client")),
        Err(Error::Unauthenticated(_) | Error::TokenExpired) => {}
        Err(error) => return Err(error.into()),
    }
    Ok((StatusCode::OK, [(header::CACHE_CONTROL, "no-store")]).into_response())
}

/// Says what a token of the client is good for; of any other token, that it is good for nothing.
async fn introspect(State(app): State<App>, headers: HeaderMap, fields: Fields) -> Answer {
    let client = credentials::prove(&app, &headers, &fields).await?;
    let token = match token::inspect(&app, token_of(&fields)?).await {
        Ok(token) if token.client == client.id => token,
        Ok(_) | Err(Error::Unauthenticated(_) | Error::TokenExpired) => {
            return Ok(uncached(json!({ "active": false })));
        }
        Err(error) => return Err(error.into()),
    };
    let client_id = typeid::encode(token.client);
    Ok(uncached(json!({
        "active": true,
        "scope": token.scopes.to_string(),
        "client_id": client_id,
        "sub": client_id,
        "token_type": "Bearer",
        "iss": app.config.public_url,
        "aud": app.config.public_url,
        "iat": token.issued_at.timestamp(),
        "exp": token.expires_at.timestamp(),
        "jti": token.jti,
    })))
}

fn token_of(fields: &Fields) -> Result<&str, Refusal> {
    fields.get("token").ok_or_else(|| Refusal::invalid_request("token is missing"))
}

fn uncached(body: Value) -> Response {
    ([(header::CACHE_CONTROL, "no-store"), (header::PRAGMA, "no-cache")], Json(body))
        .into_response()
}
