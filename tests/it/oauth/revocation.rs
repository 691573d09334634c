//! Revocation of clients and tokens, on every replica within two seconds.

use axum::http::{StatusCode, header};
use chrono::TimeDelta;
use pathbridge::{
    app::App,
    auth::{authenticate, client},
    error::Error,
};
use serde_json::{Value, json};

use super::{
    forge::parts,
    world::{ISSUER, World, post},
};

async fn refused(app: &App, token: &str) -> bool {
    match authenticate(app, token).await {
        Ok(_) => false,
        Err(Error::Unauthenticated(why)) => why.contains("revoked"),
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_revoked_client_is_out_within_two_seconds_everywhere() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let other = world.token_of(&world.platform("roster:read").await).await;
    let token = world.token_of(&client).await;
    let replica = world.replica().await;
    for app in [&world.app, &replica] {
        authenticate(app, &token).await.unwrap();
    }
    client::revoke(&world.app, &client.id).await.unwrap();
    assert!(refused(&world.app, &token).await);
    world.time.pass(TimeDelta::milliseconds(1_900));
    assert!(refused(&replica, &token).await);
    authenticate(&replica, &other).await.unwrap();
}

#[tokio::test]
async fn a_client_revokes_its_own_token() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let (first, second) = (world.token_of(&client).await, world.token_of(&client).await);
    let replica = world.replica().await;
    authenticate(&replica, &first).await.unwrap();
    for _ in 0..2 {
        let form = [("token", first.as_str()), ("token_type_hint", "access_token")];
        let reply = post(&world.app, "/oauth/revoke", Some(&client.basic()), &form).await;
        assert_eq!((reply.status, reply.body), (StatusCode::OK, Value::Null));
    }
    assert!(refused(&world.app, &first).await);
    world.time.pass(TimeDelta::milliseconds(1_900));
    assert!(refused(&replica, &first).await);
    authenticate(&replica, &second).await.unwrap();
}

#[tokio::test]
async fn only_its_owner_revokes_a_token_and_an_unknown_one_is_fine() {
    let world = World::new().await;
    let owner = world.platform("roster:read").await;
    let thief = world.platform("roster:read").await;
    let token = world.token_of(&owner).await;
    let revoke = async |form: &[(&str, &str)]| {
        post(&world.app, "/oauth/revoke", Some(&thief.basic()), form).await
    };
    let reply = revoke(&[("token", &token)]).await;
    assert_eq!((reply.error().0, reply.error().1), (400, "invalid_grant"));
    authenticate(&world.app, &token).await.unwrap();
    assert_eq!(revoke(&[("token", "unknown")]).await.status, StatusCode::OK);
    assert_eq!(revoke(&[]).await.error().1, "invalid_request");
    let reply = post(&world.app, "/oauth/revoke", None, &[("token", &token)]).await;
    assert_eq!((reply.error().0, reply.error().1), (401, "invalid_client"));

    world.time.pass(TimeDelta::minutes(11));
    assert_eq!(revoke(&[("token", &token)]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn introspection_tells_the_owner_only() {
    let world = World::new().await;
    let owner = world.platform("roster:read").await;
    let other = world.platform("roster:read").await;
    let token = world.token_of(&owner).await;
    let ask = async |basic: String, token: &str| {
        post(&world.app, "/oauth/introspect", Some(&basic), &[("token", token)]).await
    };
    let reply = ask(owner.basic(), &token).await;
    let claims = parts(&token).1;
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(
        reply.body,
        json!({
            "active": true, "scope": "roster:read", "token_type": "Bearer",
            "client_id": owner.id, "sub": owner.id, "iss": ISSUER, "aud": ISSUER,
            "iat": claims["iat"], "exp": claims["exp"], "jti": claims["jti"],
        })
    );
    let inactive = json!({ "active": false });
    assert_eq!(ask(other.basic(), &token).await.body, inactive);
    assert_eq!(ask(owner.basic(), "unknown").await.body, inactive);
    let form = [("token", token.as_str())];
    assert_eq!(post(&world.app, "/oauth/introspect", None, &form).await.error().0, 401);
    post(&world.app, "/oauth/revoke", Some(&owner.basic()), &form).await;
    assert_eq!(ask(owner.basic(), &token).await.body, inactive);
    let second = world.token_of(&owner).await;
    world.time.pass(TimeDelta::minutes(11));
    assert_eq!(ask(owner.basic(), &second).await.body, inactive);
}
