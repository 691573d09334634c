//! Server-Sent Events, and what is told over any stream.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use chrono::TimeDelta;
use pathbridge::{
    auth::{Scope, Scopes, Tenant, client},
    changes,
    http::MOST_STREAMS,
};
use serde_json::{Value as Json, json};
use tokio::time::timeout;

use super::wire::{Ask, Event, Events, FOLLOW, SOON, follow, sequence};
use crate::{
    changes::feed::{all, page},
    roster::world::{World, batch, row, send, update},
    support::both,
};

/// The code of the only event before the end.
async fn refusal(mut events: Events) -> String {
    assert_eq!(events.status, StatusCode::OK, "a document is refused on an accepted stream");
    let code = events.next().await.expect("an event").code();
    assert_eq!(events.next().await, Some(complete()));
    assert_eq!(events.next().await, None);
    code
}

fn complete() -> Event {
    Event { name: "complete".to_owned(), ..Event::default() }
}

async fn retitle(world: &World, title: &str) {
    let id = format!("id: \"{}\"", world.ids.course);
    update(&world.sis, "course", &id, &json!({ "title": title })).await;
}

both! {
    async fn what_is_behind_a_cursor_comes_first_and_then_what_happens(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let (told, end) = all(&world.sis, Json::Null, 1000).await;
        let mut events = follow(&app, &world.sis, json!({ "after": told[2]["cursor"] })).await;
        assert_eq!(events.headers["content-type"], "text/event-stream");
        assert_eq!(events.headers["cache-control"], "no-store");
        assert!(events.headers.contains_key("x-request-id"));
        assert_eq!(events.changes(told.len() - 3).await, told[3..], "the very changes of a page");
        events.silence().await;
        for title in ["One", "Two"] {
            retitle(&world, title).await;
            sequence(&app).await;
        }
        let live = events.changes(2).await;
        let pulled = page(&world.sis, &end, 10).await["nodes"].take();
        assert_eq!(json!(live), pulled, "pulled or live, it is the same");
    }

    async fn an_operator_sees_what_goes_on(app: TestApp) {
        let world = World::new(&app, "north").await;
        let mut events = follow(&app, &world.sis, json!({})).await;
        retitle(&world, "New").await;
        sequence(&app).await;
        events.changes(1).await;
        let metrics = Request::get("/metrics").body(Body::empty()).expect("a request");
        let metrics = app.send(metrics).await.text;
        for series in [
            r#"graphql_streams_open{transport="sse"} "#,
            r#"graphql_stream_events_total{transport="sse"} "#,
            r#"graphql_operations_total{kind="subscription",outcome="ok"} "#,
        ] {
            let value = metrics.lines().find_map(|line| line.strip_prefix(series));
            let value: f64 = value.unwrap_or_default().parse().expect(series);
            assert!(value >= 1.0, "{series}{value}");
        }
    }

    async fn without_a_cursor_it_begins_now(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let mut events = follow(&app, &world.sis, json!({})).await;
        events.silence().await;
        retitle(&world, "New").await;
        sequence(&app).await;
        assert_eq!(events.changes(1).await[0]["changedFields"], json!(["title"]));
    }

    async fn a_client_comes_back_with_the_last_event_that_it_has(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let (told, _) = all(&world.sis, Json::Null, 1000).await;
        let mut events = follow(&app, &world.sis, json!({ "after": told[0]["cursor"] })).await;
        let mut seen = events.changes(3).await;
        drop(events);
        retitle(&world, "While it was away").await;
        sequence(&app).await;
        let last = seen[2]["cursor"].as_str().unwrap().to_owned();
        let mut ask =
            Ask::post(&world.sis.token, FOLLOW, &json!({ "after": told[0]["cursor"] }));
        ask.headers.push(("last-event-id", &last));
        let mut events = ask.send(&app).await;
        seen.extend(events.changes(told.len() - 3).await);
        assert_eq!(seen[..told.len() - 1], told[1..], "nothing is missed, nothing comes twice");
        assert_eq!(seen[told.len() - 1]["changedFields"], json!(["title"]));
        events.silence().await;
    }

    async fn types_and_own_changes_are_left_out_on_demand(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let other = app.client(world.sis.caller.tenant).await;
        let mut of_students = follow(&app, &world.sis, json!({ "types": ["STUDENT"] })).await;
        let mut of_others = follow(&app, &world.sis, json!({ "exclude": true })).await;
        retitle(&world, "Own").await;
        send(&other, "student", "b", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        sequence(&app).await;
        for events in [&mut of_students, &mut of_others] {
            let told = events.changes(1).await;
            assert_eq!(told[0]["externalIds"], json!([{ "system": "sis", "value": "b" }]));
            events.silence().await;
        }
    }

    async fn each_tenant_hears_of_its_own(app: TestApp) {
        let (north, south) = (World::new(&app, "north").await, World::new(&app, "south").await);
        sequence(&app).await;
        let partner = app.client(Tenant::Partner(app.partner("Mercy").await)).await;
        let mut of_south = follow(&app, &south.sis, json!({})).await;
        let mut of_partner = follow(&app, &partner, json!({})).await;
        retitle(&north, "Secret").await;
        sequence(&app).await;
        of_south.silence().await;
        of_partner.silence().await;
        retitle(&south, "Own").await;
        sequence(&app).await;
        assert_eq!(of_south.changes(1).await[0]["entityId"], json!(south.ids.course));
    }

    async fn a_page_of_events_takes_as_many_statements_whatever_its_size(app: TestApp) {
        let world = World::new(&app, "north").await;
        let students = |from: usize, to: usize| {
            let fields = json!({ "givenName": "Eva", "familyName": "Lu" });
            (from..to).map(|number| row("student", &format!("n{number}"), &fields)).collect()
        };
        let count = async |rows: Vec<Json>| {
            sequence(&app).await;
            let after = world.sis.ok("{ changeCursorNow }", json!({})).await["changeCursorNow"].take();
            let written = rows.len();
            batch(&world.sis, "student", rows, "REJECT_ALL").await;
            sequence(&app).await;
            let before = app.app.db.statements();
            let mut events = follow(&app, &world.sis, json!({ "after": after })).await;
            events.changes(written).await;
            app.app.db.statements() - before
        };
        let few = count(students(0, 5)).await;
        let many = count(students(5, 95)).await;
        assert_eq!(few, many, "events are answered a page at a time");
    }

    async fn a_document_is_refused_on_the_stream(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let (told, _) = all(&world.sis, Json::Null, 1000).await;
        let ask = async |document: &str, variables: Json| {
            refusal(Ask::post(&world.sis.token, document, &variables).send(&app).await).await
        };
        assert_eq!(ask("subscription {", json!({})).await, "GRAPHQL_PARSE_FAILED");
        let unknown = "subscription { nothing { cursor } }";
        assert_eq!(ask(unknown, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
        let two = "subscription { a: changes { cursor } b: changes { cursor } }";
        assert_eq!(ask(two, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(ask(FOLLOW, json!({ "after": "nonsense" })).await, "CURSOR_INVALID");
        assert_eq!(ask(FOLLOW, json!({ "types": ["NOTHING"] })).await, "BAD_USER_INPUT");
        let scopes = Scopes::all().iter().filter(|scope| *scope != Scope::ChangesRead).collect();
        let without = app.client_with(world.sis.caller.tenant, scopes).await;
        let refused = Ask::post(&without.token, FOLLOW, &json!({})).send(&app).await;
        assert_eq!(refusal(refused).await, "FORBIDDEN");
        let posted = world.sis.gql(FOLLOW, json!({})).await;
        assert_eq!(posted.codes(), ["SUBSCRIPTION_TRANSPORT"]);

        app.clock.advance(TimeDelta::days(91));
        let sis = app.client(world.sis.caller.tenant).await;
        send(&sis, "student", "late", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        sequence(&app).await;
        changes::forget(&app.app).await.expect("old changes are forgotten");
        let old = Ask::post(&sis.token, FOLLOW, &json!({ "after": told[0]["cursor"] }));
        assert_eq!(refusal(old.send(&app).await).await, "CURSOR_EXPIRED");
    }

    async fn a_request_is_refused_by_its_status(app: TestApp) {
        let world = World::new(&app, "north").await;
        let ask = || Ask::post(&world.sis.token, FOLLOW, &json!({}));
        let cases = [
            (Ask { token: None, ..ask() }, 401),
            (Ask { token: Some("nonsense"), ..ask() }, 401),
            (Ask { method: Method::PUT, ..ask() }, 405),
            (Ask { headers: vec![("accept", "application/json")], ..ask() }, 406),
            (Ask { headers: vec![("content-type", "text/plain")], ..ask() }, 415),
            (Ask { body: "nonsense".to_owned(), ..ask() }, 400),
            (Ask { method: Method::GET, ..ask() }, 400),
        ];
        for (asked, status) in cases {
            let refused = asked.send(&app).await;
            assert_eq!(refused.status.as_u16(), status);
            let body: Json = serde_json::from_str(&refused.text().await).expect("JSON");
            assert!(body["errors"][0]["extensions"]["code"].is_string(), "{body}");
        }
    }

    async fn a_client_has_ten_streams(app: TestApp) {
        let world = World::new(&app, "north").await;
        let mut open = Vec::new();
        for _ in 0..MOST_STREAMS {
            open.push(follow(&app, &world.sis, json!({})).await);
        }
        let more = Ask::post(&world.sis.token, FOLLOW, &json!({})).send(&app).await;
        assert_eq!(more.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(more.headers.contains_key("retry-after"));
        let body: Json = serde_json::from_str(&more.text().await).expect("JSON");
        assert_eq!(body["errors"][0]["extensions"]["code"], "THROTTLED");
        let other = app.client(world.sis.caller.tenant).await;
        follow(&app, &other, json!({})).await;
        open.pop();
        let freed = async {
            loop {
                let ask = Ask::post(&world.sis.token, FOLLOW, &json!({})).send(&app).await;
                if ask.status == StatusCode::OK {
                    break;
                }
            }
        };
        timeout(SOON, freed).await.expect("what was closed is free again");
    }

    async fn queries_and_mutations_are_answered_once(app: TestApp) {
        let world = World::new(&app, "north").await;
        let token = &world.sis.token;
        let get = Ask {
            method: Method::GET,
            headers: vec![],
            query: "?query=%7B%20viewer%20%7B%20kind%20%7D%20%7D",
            ..Ask::post(token, "", &json!({}))
        };
        let posted = Ask::post(token, "{ viewer { kind } }", &json!({}));
        for asked in [get, posted] {
            let mut events = asked.send(&app).await;
            let answer = events.next().await.expect("an answer").json();
            assert_eq!(answer["data"], json!({ "viewer": { "kind": "DISTRICT" } }));
            assert_eq!(events.next().await, Some(complete()));
            assert_eq!(events.next().await, None);
        }
        let mutation = "mutation { courseUpdate(id: \\\"ID\\\", input: { title: \\\"T\\\" }) { course { title } } }"
            .replace("\\\"", "\"").replace("ID", &world.ids.course);
        let mut events = Ask::post(token, &mutation, &json!({})).send(&app).await;
        let answer = events.next().await.expect("an answer").json();
        assert_eq!(answer["data"]["courseUpdate"]["course"]["title"], "T", "{answer}");
        let query = format!("?query={}", mutation.replace(' ', "%20").replace('"', "%22").replace('{', "%7B").replace('}', "%7D"));
        let get = Ask { method: Method::GET, query: &query, ..Ask::post(token, "", &json!({})) };
        assert_eq!(refusal(get.send(&app).await).await, "OPERATION_RESOLUTION_FAILURE");
    }

    async fn a_stream_ends_with_its_token(app: TestApp) {
        let world = World::new(&app, "north").await;
        let mut events = follow(&app, &world.sis, json!({})).await;
        events.silence().await;
        app.clock.advance(TimeDelta::minutes(11));
        assert_eq!(refusal(events).await, "TOKEN_EXPIRED");

        let world = World::new(&app, "south").await;
        let events = follow(&app, &world.sis, json!({})).await;
        let id = pathbridge::typeid::encode(world.sis.caller.client);
        client::revoke(&app.app, &id).await.expect("the client is revoked");
        app.clock.advance(TimeDelta::seconds(2));
        assert_eq!(refusal(events).await, "UNAUTHENTICATED");
    }

    async fn a_stream_ends_when_the_server_does(app: TestApp) {
        let world = World::new(&app, "north").await;
        let mut events = follow(&app, &world.sis, json!({})).await;
        app.app.lifetime.stop();
        assert_eq!(events.next().await, None, "no `complete`: the client comes back elsewhere");
        timeout(SOON, app.app.lifetime.finished()).await.expect("nothing is left behind");
    }
}
