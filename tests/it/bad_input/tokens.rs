//! Tokens that prove nothing: 401, a challenge, and nothing is run.

use std::{path::Path, sync::Arc};

use chrono::TimeDelta;
use pathbridge::{
    app::App,
    auth::{Keys, client as clients},
    http, schema, typeid,
};
use serde_json::{Value as Json, json};

use super::{client, goes_on, telltale};
use crate::{
    oauth::forge::{Pair, hmac_signed, parts, unsigned, with},
    support::{Raw, TestApp, both},
};

const QUERY: &str = r#"{"query":"{ students(first: 1) { nodes { id } } }"}"#;

/// The same server with keys that the test can read.
fn on_keys_of(app: TestApp, folder: &Path) -> TestApp {
    let clock = app.clock.clock();
    let keys = Keys::load_or_create(folder, &clock).expect("keys");
    let app_on_keys = App::new(app.app.db.clone(), app.app.config.clone(), clock, keys);
    let api = Arc::new(schema::api().expect("the schema"));
    let router = http::router(app_on_keys.clone(), api, Arc::new(app_on_keys.clone()));
    TestApp { app: app_on_keys, router, ..app }
}

async fn ask(app: &TestApp, authorization: &str) -> Raw {
    app.post_as(authorization, QUERY).await
}

fn expect_refusal(name: &str, answer: &Raw, code: &str) {
    assert_eq!(answer.refusal(), (401, code.to_owned()), "{name}: {}", answer.text);
    let challenge = answer.headers["www-authenticate"].to_str().expect("text");
    assert!(challenge.starts_with("Bearer realm=\"pathbridge\""), "{name}: {challenge}");
    assert!(answer.json().get("data").is_none(), "{name}");
    assert_eq!(telltale(answer).next(), None, "{name}: {}", answer.text);
}

/// What our own key would say, signed by nobody or by somebody else.
fn forged(token: &str) -> Vec<(&'static str, String)> {
    let (header, claims) = parts(token);
    let pair = Pair::new();
    let none = with(&header, "alg", json!("none"));
    let symmetric = with(&header, "alg", json!("HS256"));
    let signature = token.rsplit_once('.').map_or("", |(_, signature)| signature);
    let raised = with(&claims, "scope", json!("students:read guardians:write"));
    let swapped = format!("{}{signature}", unsigned(&header, &raised));
    vec![
        ("alg none", unsigned(&none, &claims)),
        ("alg none with the old signature", format!("{}{signature}", unsigned(&none, &claims))),
        ("an HMAC under a guess", hmac_signed(b"secret", &symmetric, &claims)),
        ("another key under our name", pair.sign(&header, &claims)),
        ("claims put under our signature", swapped),
        ("no signature", unsigned(&header, &claims)),
        ("a JWT of another kind", pair.sign(&with(&header, "typ", json!("JWT")), &claims)),
        ("no key named", pair.sign(&with(&header, "kid", Json::Null), &claims)),
        ("an unknown key", pair.sign(&with(&header, "kid", json!("../../etc/passwd")), &claims)),
    ]
}

both! {
    async fn a_token_that_proves_nothing_is_refused(app: TestApp) {
        let actor = client(&app).await;
        let mut tokens = forged(&actor.token);
        for (name, token) in [("garbage", "garbage"), ("dots", ".."), ("three words", "a.b.c")] {
            tokens.push((name, token.to_owned()));
        }
        tokens.push(("a megabyte", "x".repeat(100_000)));
        for (name, token) in tokens {
            let answer = ask(&app, &format!("Bearer {token}")).await;
            expect_refusal(name, &answer, "UNAUTHENTICATED");
        }
        for authorization in ["", "Bearer", "Bearer ", "Basic YTpi", "Token x", &actor.token] {
            let answer = ask(&app, authorization).await;
            expect_refusal(authorization, &answer, "UNAUTHENTICATED");
        }
        goes_on(&actor).await;
    }

    async fn a_token_for_another_server_is_refused(app: TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        let app = on_keys_of(app, folder.path());
        let actor = client(&app).await;
        let (header, claims) = parts(&actor.token);
        let pair = Pair::of_server(folder.path());
        let own = ask(&app, &format!("Bearer {}", pair.sign(&header, &claims))).await;
        assert_eq!(own.status, 200, "{}", own.text);
        for member in ["aud", "iss"] {
            let token = pair.sign(&header, &with(&claims, member, json!("https://elsewhere.example")));
            let answer = ask(&app, &format!("Bearer {token}")).await;
            expect_refusal(member, &answer, "UNAUTHENTICATED");
        }
        goes_on(&actor).await;
    }

    async fn a_token_ends_with_its_time_and_with_its_client(app: TestApp) {
        let actor = client(&app).await;
        goes_on(&actor).await;
        clients::revoke(&app.app, &typeid::encode(actor.caller.client)).await.expect("a revocation");
        app.clock.advance(TimeDelta::seconds(2));
        let answer = ask(&app, &format!("Bearer {}", actor.token)).await;
        expect_refusal("revoked", &answer, "UNAUTHENTICATED");
        let another = app.client(actor.caller.tenant).await;
        app.clock.advance(TimeDelta::seconds(606));
        let answer = ask(&app, &format!("Bearer {}", another.token)).await;
        expect_refusal("expired", &answer, "TOKEN_EXPIRED");
    }
}
