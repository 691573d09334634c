//! The well-known documents: where the endpoints are (RFC 8414), which keys sign the tokens.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    app::App,
    auth::{ASSERTION_ALGORITHMS, Scope},
};

const METHODS: [&str; 3] = ["client_secret_basic", "client_secret_post", "private_key_jwt"];

/// `/.well-known/oauth-authorization-server`
pub(super) async fn server(State(app): State<App>) -> Response {
    let issuer = &app.config.public_url;
    cached(json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/oauth/token"),
        "revocation_endpoint": format!("{issuer}/oauth/revoke"),
        "introspection_endpoint": format!("{issuer}/oauth/introspect"),
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "scopes_supported": Scope::GRANTABLE.map(Scope::name),
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": METHODS,
        "token_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "revocation_endpoint_auth_methods_supported": METHODS,
        "revocation_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
        "introspection_endpoint_auth_methods_supported": METHODS,
        "introspection_endpoint_auth_signing_alg_values_supported": ASSERTION_ALGORITHMS,
    }))
}

/// `/.well-known/jwks.json`
pub(super) async fn keys(State(app): State<App>) -> Response {
    cached(app.keys.jwks())
}

fn cached(body: Value) -> Response {
    ([(header::CACHE_CONTROL, "max-age=300")], Json(body)).into_response()
}
