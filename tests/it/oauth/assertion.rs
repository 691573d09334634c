//! `private_key_jwt`: signed by the client, for us, now, once.

use aws_lc_rs::{
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{
        Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512,
        RSA_PSS_SHA256, RsaEncoding, RsaKeyPair,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::api_client::ApiClientKind;
use pathbridge::app::App;
use serde_json::{Value, json};

use super::{
    forge::{Pair, hmac_signed, unsigned, with},
    world::{ISSUER, Known, Reply, World, new_client, post},
};

const TYPE: (&str, &str) =
    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");

async fn client_with_key(world: &World, pem: String) -> Known {
    let mut new = new_client(ApiClientKind::Platform, None, "roster:read");
    new.public_key = Some(pem);
    world.register(new).await
}

async fn ask(app: &App, assertion: &str) -> Reply {
    let form = [("grant_type", "client_credentials"), TYPE, ("client_assertion", assertion)];
    post(app, "/oauth/token", None, &form).await
}

fn header() -> Value {
    json!({ "alg": "ES256", "typ": "JWT" })
}

fn claims(world: &World, client: &Known, jti: &str) -> Value {
    let now = world.app.clock.now().timestamp();
    json!({
        "iss": client.id, "sub": client.id, "aud": ISSUER,
        "iat": now, "exp": now + 60, "jti": jti,
    })
}

#[tokio::test]
async fn an_assertion_earns_one_token() {
    let world = World::new().await;
    let pair = Pair::new();
    let client = client_with_key(&world, pair.public_pem()).await;
    assert!(client.secret.is_empty());
    let assertion = pair.sign(&header(), &claims(&world, &client, "1"));
    ask(&world.app, &assertion).await.token();

    for app in [&world.app, &world.replica().await] {
        let reply = ask(app, &assertion).await;
        assert_eq!((reply.error().0, reply.error().1), (401, "invalid_client"));
        assert!(reply.error().2.contains("used before"), "{}", reply.error().2);
    }
    let assertion = pair.sign(&header(), &claims(&world, &client, "2"));
    ask(&world.app, &assertion).await.token();
}

#[tokio::test]
async fn times_may_have_fractions() {
    let world = World::new().await;
    let pair = Pair::new();
    let client = client_with_key(&world, pair.public_pem()).await;
    let right = claims(&world, &client, "1");
    let now = world.app.clock.now().timestamp();
    let time = |text: String| serde_json::from_str::<Value>(&text).unwrap();
    let late = with(&right, "exp", time(format!("{}.9", now - 5)));
    assert!(ask(&world.app, &pair.sign(&header(), &late)).await.error().2.contains("expired"));
    let fine = with(&right, "exp", time(format!("{}.25", now + 60)));
    let fine = with(&fine, "iat", time(format!("{now}.75")));
    ask(&world.app, &pair.sign(&header(), &fine)).await.token();
}

#[tokio::test]
async fn of_many_uses_at_once_one_wins() {
    let world = World::new().await;
    let pair = Pair::new();
    let client = client_with_key(&world, pair.public_pem()).await;
    let assertion = pair.sign(&header(), &claims(&world, &client, "1"));
    let replica = world.replica().await;
    let asked =
        (0..10).map(|turn| ask(if turn % 2 == 0 { &world.app } else { &replica }, &assertion));
    let replies = futures_util::future::join_all(asked).await;
    let won = replies.iter().filter(|reply| reply.status.is_success()).count();
    assert_eq!(won, 1);
}

#[tokio::test]
async fn an_ed25519_key_signs_too() {
    let world = World::new().await;
    let pair = Ed25519KeyPair::generate().unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref()));
    let client = client_with_key(&world, pem).await;
    let header = json!({ "alg": "EdDSA" });
    let unsigned = unsigned(&header, &claims(&world, &client, "1"));
    let signature = pair.sign(unsigned.trim_end_matches('.').as_bytes());
    let assertion = format!("{unsigned}{}", URL_SAFE_NO_PAD.encode(signature));
    ask(&world.app, &assertion).await.token();
}

#[tokio::test]
async fn an_rsa_key_signs_with_rs256_only() {
    let world = World::new().await;
    let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    let pem = pem::encode(&pem::Pem::new("PUBLIC KEY", der.as_ref()));
    let client = client_with_key(&world, pem).await;
    let algorithms: [(&str, &'static dyn RsaEncoding, u16); 4] = [
        ("PS256", &RSA_PSS_SHA256, 401),
        ("RS384", &RSA_PKCS1_SHA384, 401),
        ("RS512", &RSA_PKCS1_SHA512, 401),
        ("RS256", &RSA_PKCS1_SHA256, 200),
    ];
    for (name, algorithm, status) in algorithms {
        let unsigned = unsigned(&json!({ "alg": name }), &claims(&world, &client, name));
        let mut signature = vec![0; pair.public_modulus_len()];
        let message = unsigned.trim_end_matches('.').as_bytes();
        pair.sign(algorithm, &SystemRandom::new(), message, &mut signature).unwrap();
        let assertion = format!("{unsigned}{}", URL_SAFE_NO_PAD.encode(signature));
        assert_eq!(ask(&world.app, &assertion).await.status, status, "{name}");
    }
}

#[tokio::test]
async fn each_claim_must_be_right() {
    let world = World::new().await;
    let pair = Pair::new();
    let client = client_with_key(&world, pair.public_pem()).await;
    let other = world.platform("roster:read").await;
    let right = claims(&world, &client, "1");
    let now = world.app.clock.now().timestamp();
    let cases = [
        ("iss", json!(other.id), "both be the client_id"),
        ("aud", json!([ISSUER]), "as one string"),
        ("aud", json!(format!("{ISSUER}/oauth/token")), "as one string"),
        ("aud", json!(format!("{ISSUER}/")), "as one string"),
        ("aud", Value::Null, "with the claims"),
        ("exp", json!(now - 5), "has expired"),
        ("exp", json!(now + 306), "five minutes ahead"),
        ("exp", json!("soon"), "with the claims"),
        ("exp", Value::Null, "with the claims"),
        ("iat", json!(now + 6), "not valid yet"),
        ("nbf", json!(now + 6), "not valid yet"),
        ("jti", json!(""), "jti"),
        ("jti", json!("a\u{0}b"), "jti"),
        ("jti", json!("x".repeat(257)), "jti"),
        ("jti", Value::Null, "with the claims"),
    ];
    for (name, value, words) in cases {
        let reply =
            ask(&world.app, &pair.sign(&header(), &with(&right, name, value.clone()))).await;
        let (status, error, description) = reply.error();
        assert_eq!((status, error), (401, "invalid_client"), "{name} {value}");
        assert!(description.contains(words), "{name} {value}: {description}");
    }
    ask(&world.app, &pair.sign(&header(), &right)).await.token();
}

#[tokio::test]
async fn the_algorithm_is_that_of_the_key() {
    let world = World::new().await;
    let pair = Pair::new();
    let client = client_with_key(&world, pair.public_pem()).await;
    let right = claims(&world, &client, "1");
    let confused = json!({ "alg": "HS256", "typ": "JWT" });
    let pem = pair.public_pem();
    let own_key = json!({ "alg": "ES256", "jwk": {
        "kty": "EC", "crv": "P-256",
        "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    } });
    for forged in [
        hmac_signed(pem.as_bytes(), &confused, &right),
        hmac_signed(pem::parse(&pem).unwrap().contents(), &confused, &right),
        unsigned(&json!({ "alg": "none" }), &right),
        unsigned(&header(), &right),
        Pair::new().sign(&header(), &right),
        Pair::new().sign(&own_key, &right),
        pair.sign(&json!({ "alg": "RS256" }), &right),
        pair.sign(&json!({ "alg": "ES384" }), &right),
        pair.sign(&with(&header(), "typ", json!("at+jwt")), &right),
        pair.sign(&with(&header(), "crit", json!(["exp"])), &right),
        "not.a.jwt".to_owned(),
        "x".to_owned(),
    ] {
        let reply = ask(&world.app, &forged).await;
        assert_eq!((reply.error().0, reply.error().1), (401, "invalid_client"), "{forged}");
    }
    ask(&world.app, &pair.sign(&header(), &right)).await.token();
}

#[tokio::test]
async fn a_client_has_one_kind_of_proof() {
    let world = World::new().await;
    let pair = Pair::new();
    let with_key = client_with_key(&world, pair.public_pem()).await;
    let with_secret = world.platform("roster:read").await;
    let assertion = pair.sign(&header(), &claims(&world, &with_secret, "1"));
    assert_eq!(ask(&world.app, &assertion).await.error().0, 401);
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", with_key.id.as_str()),
        ("client_secret", with_secret.secret.as_str()),
    ];
    assert_eq!(post(&world.app, "/oauth/token", None, &form).await.error().0, 401);
    let missing = [("grant_type", "client_credentials"), ("client_assertion", assertion.as_str())];
    let reply = post(&world.app, "/oauth/token", None, &missing).await;
    assert_eq!((reply.error().0, reply.error().1), (400, "invalid_request"));
}
