//! Which tokens are believed, and until when.

use std::{fs, os::unix::fs::OpenOptionsExt};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use chrono::TimeDelta;
use entity::api_client::ApiClientKind;
use pathbridge::{
    auth::{Tenant, authenticate},
    error::{Code, Error},
};
use serde_json::{Value, json};

use super::{
    forge::{Pair, hmac_signed, parts, unsigned, with},
    world::{ISSUER, World, new_client},
};

#[tokio::test]
async fn a_token_has_the_form_of_rfc_9068() {
    let world = World::new().await;
    let client = world.platform("roster:read hours:write").await;
    let (header, claims) = parts(&world.token_of(&client).await);
    let kid = world.app.keys.signer().unwrap().kid();
    assert_eq!(header, json!({ "typ": "at+jwt", "alg": "ES256", "kid": kid }));
    let now = world.app.clock.now().timestamp();
    let jti = claims["jti"].clone();
    assert!(jti.as_str().is_some_and(|jti| jti.len() == 22));
    assert_eq!(
        claims,
        json!({
            "iss": ISSUER, "aud": ISSUER, "sub": client.id, "client_id": client.id,
            "iat": now, "exp": now + 600, "jti": jti,
            "scope": "roster:read hours:write", "tenant": "platform",
        })
    );
    let (_, another) = parts(&world.token_of(&client).await);
    assert_ne!(another["jti"], jti);
}

#[tokio::test]
async fn a_caller_has_the_tenant_of_its_client() {
    let world = World::new().await;
    let district = world.district("aurora").await;
    let partner = world.partner("Mercy Clinic").await;
    for (kind, named, tenant) in [
        (ApiClientKind::District, "aurora", Tenant::District(district)),
        (ApiClientKind::Partner, "Mercy Clinic", Tenant::Partner(partner)),
    ] {
        let client = world.register(new_client(kind, Some(named), "placements:read")).await;
        let token = world.token_of(&client).await;
        assert_eq!(authenticate(&world.app, &token).await.unwrap().tenant, tenant);
    }
}

#[tokio::test]
async fn a_token_ends_after_ten_minutes_and_five_seconds() {
    let world = World::new().await;
    let token = world.token_of(&world.platform("roster:read").await).await;
    let replica = world.replica().await;
    authenticate(&world.app, &token).await.unwrap();
    // Tokens carry whole seconds; the clock of the test stands at a quarter of one.
    world.time.pass(TimeDelta::milliseconds(604_740));
    for app in [&world.app, &replica] {
        authenticate(app, &token).await.unwrap();
    }
    world.time.pass(TimeDelta::milliseconds(10));
    for app in [&world.app, &replica, &world.replica().await] {
        let error = authenticate(app, &token).await.unwrap_err();
        assert!(matches!(error, Error::TokenExpired), "{error:?}");
        assert_eq!(error.code(), Code::TokenExpired);
    }
}

#[tokio::test]
async fn a_token_of_the_future_is_not_valid_yet() {
    let world = World::new().await;
    let token = world.token_of(&world.platform("roster:read").await).await;
    world.time.pass(TimeDelta::seconds(-6));
    let error = authenticate(&world.app, &token).await.unwrap_err();
    assert!(error.to_string().contains("not valid yet"), "{error}");
    world.time.pass(TimeDelta::seconds(2));
    authenticate(&world.app, &token).await.unwrap();
}

async fn all_refused(world: &World, forged: Vec<String>) {
    for token in forged {
        let answer = authenticate(&world.app, &token).await;
        assert!(matches!(answer, Err(Error::Unauthenticated(_))), "{answer:?} {token}");
    }
}

#[tokio::test]
async fn a_signature_that_is_not_ours_is_not_believed() {
    let world = World::new().await;
    let token = world.token_of(&world.platform("roster:read").await).await;
    let (header, claims) = parts(&token);
    let hs256 = with(&header, "alg", json!("HS256"));
    let public = Pair::of_server(&world.keys()).public_pem();
    let forged = vec![
        String::new(),
        "abc".to_owned(),
        format!("{token}A"),
        format!("{token}.{token}"),
        "x".repeat(100_000),
        unsigned(&with(&header, "alg", json!("none")), &claims),
        unsigned(&with(&header, "alg", json!("None")), &claims),
        unsigned(&header, &claims),
        hmac_signed(public.as_bytes(), &hs256, &claims),
        hmac_signed(pem::parse(&public).unwrap().contents(), &hs256, &claims),
        Pair::new().sign(&header, &claims),
        Pair::new().sign(&with(&header, "kid", json!("foreign")), &claims),
    ];
    all_refused(&world, forged).await;
    authenticate(&world.app, &token).await.unwrap();
}

#[tokio::test]
async fn our_signature_under_anything_but_an_access_token_is_not_believed() {
    let world = World::new().await;
    let (header, claims) = parts(&world.token_of(&world.platform("roster:read").await).await);
    let ours = Pair::of_server(&world.keys());
    let headers = [
        ("typ", json!("JWT")),
        ("typ", json!("AT+JWT")),
        ("typ", json!("application/at+jwt")),
        ("typ", Value::Null),
        ("kid", json!("foreign")),
        ("kid", Value::Null),
        ("alg", json!("ES384")),
        ("alg", json!("RS256")),
        ("crit", json!(["exp"])),
    ];
    let mut forged: Vec<_> = headers
        .into_iter()
        .map(|(name, value)| ours.sign(&with(&header, name, value), &claims))
        .collect();
    for name in ["iss", "aud", "sub", "client_id", "iat", "exp", "jti", "scope", "tenant"] {
        forged.push(ours.sign(&header, &with(&claims, name, Value::Null)));
        forged.push(ours.sign(&header, &with(&claims, name, json!(["wrong"]))));
        if name != "jti" {
            forged.push(ours.sign(&header, &with(&claims, name, json!("wrong"))));
        }
    }
    let later = world.app.clock.now().timestamp() + 60;
    forged.push(ours.sign(&header, &with(&claims, "aud", json!([ISSUER]))));
    forged.push(ours.sign(&header, &with(&claims, "nbf", json!(later))));
    all_refused(&world, forged).await;
    // What the forger changed was the only thing wrong.
    authenticate(&world.app, &ours.sign(&header, &claims)).await.unwrap();
}

#[tokio::test]
async fn a_token_of_the_older_key_is_good_while_the_key_lies_there() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let token = world.token_of(&client).await;
    let old = fs::read_dir(world.keys()).unwrap().map(|entry| entry.unwrap().path());
    let old = old.into_iter().find(|path| path.extension().is_some_and(|it| it == "pem")).unwrap();
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let pkcs8 = pair.to_pkcs8v1().unwrap();
    let new = world.keys().join("signing-second.pem");
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new);
    let file = file.as_mut().unwrap();
    let pem = pem::encode(&pem::Pem::new("PRIVATE KEY", pkcs8.as_ref()));
    std::io::Write::write_all(file, pem.as_bytes()).unwrap();
    let hour = std::time::Duration::from_hours(1);
    file.set_modified(file.metadata().unwrap().modified().unwrap() + hour).unwrap();

    let rotated = world.replica().await;
    assert_eq!(rotated.keys.jwks()["keys"].as_array().unwrap().len(), 2);
    authenticate(&rotated, &token).await.unwrap();
    let found = pathbridge::auth::client::find(&rotated, &client.id).await.unwrap().unwrap();
    let young = pathbridge::auth::token::issue(&rotated, &found, found.scopes).unwrap();
    assert_ne!(parts(&young).0["kid"], parts(&token).0["kid"]);
    authenticate(&rotated, &young).await.unwrap();

    fs::remove_file(old).unwrap();
    let error = authenticate(&world.replica().await, &token).await.unwrap_err();
    assert!(matches!(error, Error::Unauthenticated(_)), "{error:?}");
}
