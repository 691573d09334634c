//! The WebSocket: the messages and the close codes of graphql-transport-ws.

use chrono::TimeDelta;
use pathbridge::http::MOST_STREAMS;
use serde_json::{Value as Json, json};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use super::wire::{FOLLOW, SOON, Server, Socket, follow, sequence};
use crate::{
    changes::feed::all,
    roster::world::{World, send},
    support::both,
};

const VIEWER: &str = "{ viewer { kind } }";

fn bearer(token: &str) -> Json {
    json!({ "authorization": format!("Bearer {token}") })
}

both! {
    async fn a_socket_tells_what_is_behind_a_cursor_and_then_what_happens(app: TestApp) {
        let world = World::new(&app, "north").await;
        sequence(&app).await;
        let (told, _) = all(&world.sis, Json::Null, 1000).await;
        let server = Server::of(&app).await;
        let mut socket = Socket::known(&server, &world.sis.token).await;
        socket.subscribe("a", FOLLOW, json!({ "after": told[0]["cursor"] })).await;
        for change in &told[1..] {
            let message = socket.next().await;
            let expected = json!({ "id": "a", "type": "next", "payload": { "data": { "changes": change } } });
            assert_eq!(message, expected);
        }
        send(&world.sis, "student", "b", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        sequence(&app).await;
        let live = socket.next().await;
        assert_eq!(live["payload"]["data"]["changes"]["externalIds"][0]["value"], "b", "{live}");
        socket.say(json!({ "id": "a", "type": "complete" })).await;
        socket.say(json!({ "type": "ping", "payload": { "any": "thing" } })).await;
        assert_eq!(socket.next().await, json!({ "type": "pong" }));
        send(&world.sis, "student", "c", &json!({ "givenName": "Eva", "familyName": "Lu" })).await;
        sequence(&app).await;
        socket.subscribe("a", VIEWER, json!({})).await;
        let answer = socket.next().await;
        assert_eq!(answer["payload"]["data"], json!({ "viewer": { "kind": "DISTRICT" } }), "a name is free again");
        assert_eq!(socket.next().await, json!({ "id": "a", "type": "complete" }));
    }

    async fn queries_and_mutations_are_answered_once_and_refusals_are_errors(app: TestApp) {
        let world = World::new(&app, "north").await;
        let server = Server::of(&app).await;
        let mut socket = Socket::known(&server, &world.sis.token).await;
        let rename = format!(
            "mutation {{ courseUpdate(id: \"{}\", input: {{ title: \"T\" }}) {{ course {{ title }} }} }}",
            world.ids.course,
        );
        socket.subscribe("m", &rename, json!({})).await;
        let answer = socket.next().await;
        assert_eq!(answer["payload"]["data"]["courseUpdate"]["course"]["title"], "T", "{answer}");
        assert_eq!(socket.next().await, json!({ "id": "m", "type": "complete" }));
        for (document, variables, code) in [
            ("subscription {", json!({}), "GRAPHQL_PARSE_FAILED"),
            ("{ nothing }", json!({}), "GRAPHQL_VALIDATION_FAILED"),
            (FOLLOW, json!({ "after": "nonsense" }), "CURSOR_INVALID"),
        ] {
            socket.subscribe("e", document, variables).await;
            let error = socket.next().await;
            assert_eq!((&error["id"], &error["type"]), (&json!("e"), &json!("error")), "{error}");
            assert_eq!(error["payload"][0]["extensions"]["code"], code, "{error}");
        }
    }

    async fn each_breach_has_its_code(app: TestApp) {
        let world = World::new(&app, "north").await;
        let server = Server::of(&app).await;
        let token = &world.sis.token;

        let mut socket = Socket::open(&server, "").await;
        assert_eq!(socket.closed().await, (4406, "Subprotocol not acceptable".to_owned()));
        for text in ["nonsense", "[]", "{}", "{\"type\":\"start\"}"] {
            let mut socket = Socket::new(&server).await;
            socket.send(Message::text(text)).await;
            assert_eq!(socket.closed().await.0, 4400, "{text}");
        }
        let mut socket = Socket::new(&server).await;
        socket.send(Message::binary(vec![1])).await;
        assert_eq!(socket.closed().await.0, 4400, "bytes");

        let mut socket = Socket::new(&server).await;
        socket.subscribe("a", VIEWER, json!({})).await;
        assert_eq!(socket.closed().await, (4401, "Unauthorized".to_owned()));

        for payload in [json!({}), bearer("nonsense"), Json::Null] {
            let mut socket = Socket::new(&server).await;
            socket.init(payload.clone()).await;
            let (code, reason) = socket.closed().await;
            assert!(code == 4403 && reason.starts_with("Forbidden"), "{payload}: {code} {reason}");
        }

        let mut socket = Socket::known(&server, token).await;
        socket.subscribe("a", FOLLOW, json!({})).await;
        socket.subscribe("a", FOLLOW, json!({})).await;
        assert_eq!(socket.closed().await, (4409, "Subscriber for a already exists".to_owned()));

        let mut socket = Socket::known(&server, token).await;
        socket.init(bearer(token)).await;
        assert_eq!(socket.closed().await, (4429, "Too many initialisation requests".to_owned()));

        let mut socket = Socket::new(&server).await;
        assert_eq!(socket.closed().await, (4408, "Connection initialisation timeout".to_owned()));
    }

    async fn a_client_has_ten_streams_and_ten_sockets(app: TestApp) {
        let world = World::new(&app, "north").await;
        let server = Server::of(&app).await;
        let mut sockets = Vec::new();
        for _ in 0..MOST_STREAMS {
            sockets.push(Socket::known(&server, &world.sis.token).await);
        }
        let mut more = Socket::new(&server).await;
        more.init(bearer(&world.sis.token)).await;
        let (code, reason) = more.closed().await;
        assert!(code == 4429 && reason.contains("10 sockets"), "{code} {reason}");

        let socket = &mut sockets[0];
        for number in 0..=MOST_STREAMS {
            socket.subscribe(&number.to_string(), FOLLOW, json!({})).await;
        }
        let error = socket.next().await;
        assert_eq!(error["type"], "error", "{error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], "THROTTLED");
        socket.subscribe("query", VIEWER, json!({})).await;
        assert_eq!(socket.next().await["type"], "next", "the socket and its streams go on");
    }

    async fn a_silent_stream_shows_that_it_is_alive(app: TestApp) {
        let world = World::new(&app, "north").await;
        let server = Server::of(&app).await;
        let mut socket = Socket::known(&server, &world.sis.token).await;
        let events = follow(&app, &world.sis, json!({})).await;
        let (ping, comment) = tokio::join!(socket.pinged(), events.comment());
        assert!(ping, "a ping comes over the socket");
        assert_eq!(comment, ":\n\n", "and a comment over the stream");
    }

    async fn a_socket_is_closed_with_its_token(app: TestApp) {
        let world = World::new(&app, "north").await;
        let server = Server::of(&app).await;
        let mut socket = Socket::known(&server, &world.sis.token).await;
        socket.subscribe("a", FOLLOW, json!({})).await;
        app.clock.advance(TimeDelta::minutes(11));
        let (code, reason) = socket.closed().await;
        assert!(code == 4403 && reason.contains("expired"), "{code} {reason}");
    }

    async fn a_socket_is_closed_when_the_server_stops(app: TestApp) {
        let world = World::new(&app, "north").await;
        let server = Server::of(&app).await;
        let mut socket = Socket::known(&server, &world.sis.token).await;
        socket.subscribe("a", FOLLOW, json!({})).await;
        app.app.lifetime.stop();
        assert_eq!(socket.closed().await, (1001, "Going away".to_owned()));
        drop(socket);
        timeout(SOON, app.app.lifetime.finished()).await.expect("nothing is left behind");
    }
}
