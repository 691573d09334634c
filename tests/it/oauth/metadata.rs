//! The well-known documents.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use pathbridge::auth::Scope;
use serde_json::json;

use super::{
    forge::parts,
    world::{ISSUER, World, send},
};

#[tokio::test]
async fn the_metadata_point_to_the_endpoints() {
    let world = World::new().await;
    let request = Request::get("/.well-known/oauth-authorization-server");
    let reply = send(&world.app, request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header(header::CACHE_CONTROL), "max-age=300");
    assert_eq!(reply.body["issuer"], ISSUER);
    assert_eq!(reply.body["token_endpoint"], format!("{ISSUER}/oauth/token"));
    assert_eq!(reply.body["jwks_uri"], format!("{ISSUER}/.well-known/jwks.json"));
    assert_eq!(reply.body["grant_types_supported"], json!(["client_credentials"]));
    assert_eq!(reply.body["scopes_supported"], json!(Scope::GRANTABLE.map(Scope::name)));
    assert_eq!(
        reply.body["token_endpoint_auth_methods_supported"],
        json!(["client_secret_basic", "client_secret_post", "private_key_jwt"])
    );
}

#[tokio::test]
async fn anybody_can_verify_a_token_with_the_published_keys() {
    let world = World::new().await;
    let token = world.token_of(&world.platform("roster:read").await).await;
    let request = Request::get("/.well-known/jwks.json").body(Body::empty()).unwrap();
    let reply = send(&world.app, request).await;
    assert_eq!(reply.header(header::CACHE_CONTROL), "max-age=300");
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_value(reply.body).unwrap();
    let kid = parts(&token).0["kid"].as_str().unwrap().to_owned();
    let key = jsonwebtoken::DecodingKey::from_jwk(set.find(&kid).unwrap()).unwrap();
    let mut checks = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::ES256);
    checks.validate_exp = false;
    checks.set_audience(&[ISSUER]);
    checks.set_issuer(&[ISSUER]);
    let claims = jsonwebtoken::decode::<serde_json::Value>(&token, &key, &checks).unwrap().claims;
    assert_eq!(claims["scope"], "roster:read");
}
