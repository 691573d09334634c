//! `/oauth/token` with a secret: what is asked, what is answered.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use pathbridge::{
    auth::{Scope, Tenant, authenticate, client},
    typeid,
};

use super::world::{World, post, quote, send};

const GRANT: (&str, &str) = ("grant_type", "client_credentials");
const TOKEN: &str = "/oauth/token";

#[tokio::test]
async fn basic_earns_a_token_that_names_client_tenant_and_scopes() {
    let world = World::new().await;
    let client = world.platform("roster:read students:read").await;
    let reply = post(&world.app, TOKEN, Some(&client.basic()), &[GRANT]).await;
    let token = reply.token();
    let names: Vec<_> = reply.body.as_object().unwrap().keys().collect();
    assert_eq!(names, ["access_token", "token_type", "expires_in", "scope"]);
    assert_eq!(reply.body["token_type"], "Bearer");
    assert_eq!(reply.body["expires_in"], 600);
    assert_eq!(reply.body["scope"], "roster:read students:read");
    assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(reply.header(header::CONTENT_TYPE), "application/json");

    let caller = authenticate(&world.app, &token).await.unwrap();
    assert_eq!(typeid::encode(caller.client), client.id);
    assert_eq!(caller.tenant, Tenant::Platform);
    assert_eq!(caller.now, world.app.clock.now());
    assert!(caller.scopes.contains(Scope::RosterRead));
    assert!(!caller.scopes.contains(Scope::RosterWrite));
}

#[tokio::test]
async fn basic_parts_are_form_decoded_and_the_scheme_has_no_case() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let pair = format!("{}:{}", quote(&client.id), quote(&client.secret));
    assert!(pair.contains("%5F"));
    let header = format!("bAsIc {}", STANDARD.encode(pair));
    post(&world.app, TOKEN, Some(&header), &[GRANT]).await.token();
}

#[tokio::test]
async fn post_earns_a_token_too() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let form = [GRANT, ("client_id", &client.id), ("client_secret", &client.secret)];
    post(&world.app, TOKEN, None, &form).await.token();
}

#[tokio::test]
async fn a_scope_is_a_part_of_what_was_granted() {
    let world = World::new().await;
    let client = world.platform("roster:read students:read").await;
    let basic = client.basic();
    let ask =
        async |scope: &str| post(&world.app, TOKEN, Some(&basic), &[GRANT, ("scope", scope)]).await;
    let reply = ask("students:read").await;
    assert_eq!(reply.body["scope"], "students:read");
    let caller = authenticate(&world.app, &reply.token()).await.unwrap();
    assert!(!caller.scopes.contains(Scope::RosterRead));

    assert_eq!(ask("").await.body["scope"], "roster:read students:read");
    for (scope, words) in [
        ("roster:write", "granted only: roster:read students:read"),
        ("students:read roster:write", "granted only"),
        (" ", "granted only"),
        ("any", "there is no scope any"),
        ("root\"\\\u{e9}<b>", "there is no scope root<b>"),
    ] {
        let reply = ask(scope).await;
        let (status, error, description) = reply.error();
        assert_eq!((status, error), (400, "invalid_scope"), "{scope}");
        assert!(description.contains(words), "{description}");
    }
}

#[tokio::test]
async fn whoever_cannot_prove_itself_learns_nothing_more() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let revoked = world.platform("roster:read").await;
    client::revoke(&world.app, &revoked.id).await.unwrap();
    let unknown = typeid::encode(world.app.clock.id::<entity::id::ApiClientId>());
    let mut answers = Vec::new();
    for (id, secret) in [
        (&client.id, &"pbs_wrong".to_owned()),
        (&client.id, &revoked.secret),
        (&revoked.id, &revoked.secret),
        (&unknown, &client.secret),
        (&"nobody".to_owned(), &client.secret),
        (&"client_\0".to_owned(), &client.secret),
    ] {
        let form = [GRANT, ("client_id", id), ("client_secret", secret)];
        let reply = post(&world.app, TOKEN, None, &form).await;
        assert_eq!(reply.status, StatusCode::UNAUTHORIZED);
        assert!(reply.header(header::WWW_AUTHENTICATE).starts_with("Basic realm="));
        assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
        answers.push(reply.body);
    }
    assert_eq!(answers[0]["error"], "invalid_client");
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

/// An `Authorization` header, a form, and the status and error they earn.
type Case<'a> = (Option<&'a str>, Form<'a>, (u16, &'a str));
type Form<'a> = &'a [(&'a str, &'a str)];

#[tokio::test]
async fn each_malformed_request_has_its_error() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let other = world.platform("roster:read").await;
    let basic = client.basic();
    let secret = ("client_secret", client.secret.as_str());
    let not_base64 = "Basic !!!";
    let no_colon = format!("Basic {}", STANDARD.encode("nobody"));
    let cases: [Case<'_>; 13] = [
        (None, &[GRANT], (401, "invalid_client")),
        (Some("Bearer abc"), &[GRANT], (401, "invalid_client")),
        (Some(not_base64), &[GRANT], (401, "invalid_client")),
        (Some(&no_colon), &[GRANT], (401, "invalid_client")),
        (Some(&basic), &[], (400, "invalid_request")),
        (Some(&basic), &[("grant_type", "")], (400, "invalid_request")),
        (Some(&basic), &[("grant_type", "password")], (400, "unsupported_grant_type")),
        (Some(&basic), &[GRANT, GRANT], (400, "invalid_request")),
        (Some(&basic), &[GRANT, secret], (400, "invalid_request")),
        (Some(&basic), &[GRANT, ("client_assertion", "x")], (400, "invalid_request")),
        (Some(&basic), &[GRANT, ("client_id", &other.id)], (400, "invalid_request")),
        (None, &[GRANT, secret], (400, "invalid_request")),
        (None, &[GRANT, secret, ("client_assertion_type", "x")], (400, "invalid_request")),
    ];
    for (authorization, form, expected) in cases {
        let reply = post(&world.app, TOKEN, authorization, form).await;
        let (status, error, description) = reply.error();
        assert_eq!((status, error), expected, "{authorization:?} {form:?} {description}");
        assert!(!description.is_empty());
        assert_eq!(reply.header(header::CACHE_CONTROL), "no-store");
    }
    // The same client named twice is one client.
    let form = [GRANT, ("client_id", client.id.as_str())];
    post(&world.app, TOKEN, Some(&basic), &form).await.token();
}

#[tokio::test]
async fn one_request_has_one_proof() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let basic = client.basic();
    let id = ("client_id", client.id.as_str());
    let secret = ("client_secret", client.secret.as_str());
    let assertion = ("client_assertion", "a.b.c");
    let cases: [(Option<&str>, Form<'_>); 4] = [
        (Some(&basic), &[GRANT, id, secret]),
        (Some(&basic), &[GRANT, id, assertion]),
        (None, &[GRANT, id, secret, assertion]),
        (Some(&basic), &[GRANT, id, secret, assertion]),
    ];
    for (authorization, form) in cases {
        let reply = post(&world.app, TOKEN, authorization, form).await;
        let expected = (400, "invalid_request", "the client proves itself in more than one way");
        assert_eq!(reply.error(), expected);
    }
}

#[tokio::test]
async fn only_a_short_form_is_read() {
    let world = World::new().await;
    let basic = world.platform("roster:read").await.basic();
    let request = |kind: &str, body: String| {
        Request::post(TOKEN)
            .header(header::CONTENT_TYPE, kind)
            .header(header::AUTHORIZATION, &basic)
            .body(Body::from(body))
            .unwrap()
    };
    let form = "application/x-www-form-urlencoded";
    let json = r#"{"grant_type":"client_credentials"}"#.to_owned();
    let reply = send(&world.app, request("application/json", json)).await;
    assert_eq!(reply.error().0, 400);
    assert!(reply.error().2.contains("form-encoded"));

    let long = format!("grant_type=client_credentials&pad={}", "x".repeat(16 * 1024));
    let reply = send(&world.app, request(form, long)).await;
    assert_eq!(reply.error(), (413, "invalid_request", "the body is longer than 16 KiB"));

    let reply = send(&world.app, Request::get(TOKEN).body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);

    let mut twice = request(form, "grant_type=client_credentials".to_owned());
    twice.headers_mut().append(header::AUTHORIZATION, basic.parse().unwrap());
    assert_eq!(send(&world.app, twice).await.error().1, "invalid_request");
}

#[tokio::test]
async fn who_guesses_too_often_waits() {
    let world = World::new().await;
    let client = world.platform("roster:read").await;
    let other = world.platform("roster:read").await;
    let wrong = [GRANT, ("client_id", client.id.as_str()), ("client_secret", "pbs_guess")];
    for _ in 0..20 {
        assert_eq!(post(&world.app, TOKEN, None, &wrong).await.error().0, 401);
    }
    world.time.pass(TimeDelta::milliseconds(14_500));
    let reply = post(&world.app, TOKEN, Some(&client.basic()), &[GRANT]).await;
    assert_eq!(reply.error().0, 429);
    assert_eq!(reply.header(header::RETRY_AFTER), "46");
    post(&world.app, TOKEN, Some(&other.basic()), &[GRANT]).await.token();
    world.time.pass(TimeDelta::seconds(46));
    post(&world.app, TOKEN, Some(&client.basic()), &[GRANT]).await.token();
}
