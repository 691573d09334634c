//! The other end of a stream: of events in process, and of a socket on loopback.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use futures_util::{SinkExt, StreamExt};
use http_body_util::BodyExt;
use pathbridge::changes;
use serde_json::{Value as Json, json};
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest},
};
use tower::ServiceExt;

use crate::support::{Actor, TestApp};

/// What a test waits for at most.
pub const SOON: Duration = Duration::from_secs(15);

/// A stream that says nothing shows before then that it is alive.
const BEAT: Duration = Duration::from_secs(20);

/// Everything that a change tells.
pub const FOLLOW: &str =
    "subscription($after: ChangeCursor, $types: [EntityType!], $exclude: Boolean! = false) {
  changes(after: $after, types: $types, excludeOrigin: $exclude) {
    cursor type op entityId version changedFields occurredAt transactionId indexInTransaction
    isLastInTransaction origin { clientId requestId } externalIds { system value } node { id }
  }
}";

/// Gives numbers to what was written.
pub async fn sequence(app: &TestApp) {
    changes::sequence_now(&app.app).await.expect("a round");
}

/// One event.
#[derive(Debug, Default, PartialEq)]
pub struct Event {
    pub name: String,
    pub id: String,
    pub data: String,
}

impl Event {
    /// The data as JSON.
    pub fn json(&self) -> Json {
        serde_json::from_str(&self.data).expect("JSON")
    }

    /// The change that it tells.
    pub fn change(&self) -> Json {
        let mut answer = self.json();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        answer["data"]["changes"].take()
    }

    /// The code of its first error.
    pub fn code(&self) -> String {
        let answer = self.json();
        let code = answer["errors"][0]["extensions"]["code"].as_str();
        code.unwrap_or_else(|| panic!("an error: {answer:#}")).to_owned()
    }
}

/// A stream of events that is read as slowly as a test likes.
pub struct Events {
    pub status: StatusCode,
    pub headers: HeaderMap,
    body: Body,
    read: String,
}

/// A request for a stream.
pub struct Ask<'a> {
    pub method: Method,
    pub token: Option<&'a str>,
    pub headers: Vec<(&'a str, &'a str)>,
    pub body: String,
    pub query: &'a str,
}

impl<'a> Ask<'a> {
    /// This operation, posted with this token.
    pub fn post(token: &'a str, document: &str, variables: &Json) -> Self {
        Self {
            method: Method::POST,
            token: Some(token),
            headers: vec![("accept", "text/event-stream"), ("content-type", "application/json")],
            body: json!({ "query": document, "variables": variables }).to_string(),
            query: "",
        }
    }

    /// Sends it in process.
    pub async fn send(self, app: &TestApp) -> Events {
        let uri = format!("/graphql/stream{}", self.query);
        let mut request = Request::builder().method(self.method).uri(uri);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        if let Some(token) = self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Body::from(self.body)).expect("a request");
        let answer = app.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        Events { status: parts.status, headers: parts.headers, body, read: String::new() }
    }
}

/// Follows changes with these variables.
pub async fn follow(app: &TestApp, actor: &Actor, variables: Json) -> Events {
    let events = Ask::post(&actor.token, FOLLOW, &variables).send(app).await;
    assert_eq!(events.status, StatusCode::OK);
    events
}

impl Events {
    /// The next event; nothing when the stream has ended.
    pub async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((frame, rest)) = self.read.split_once("\n\n") {
                let event = parsed(frame);
                self.read = rest.to_owned();
                if event != Event::default() {
                    return Some(event);
                }
                continue;
            }
            let frame = timeout(SOON, self.body.frame()).await.expect("an event in time")?;
            let bytes = frame.expect("a stream").into_data().expect("data");
            self.read.push_str(std::str::from_utf8(&bytes).expect("UTF-8"));
        }
    }

    /// The next so many changes.
    pub async fn changes(&mut self, count: usize) -> Vec<Json> {
        let mut changes = Vec::new();
        while changes.len() < count {
            let event = self.next().await.expect("another change");
            assert_eq!(event.name, "next");
            let change = event.change();
            assert_eq!(change["cursor"], json!(event.id), "the id of an event is its cursor");
            changes.push(change);
        }
        changes
    }

    /// Fails when anything comes within a moment.
    pub async fn silence(&mut self) {
        let moment = Duration::from_millis(400);
        let heard = timeout(moment, self.next()).await;
        assert!(heard.is_err(), "{heard:?}");
    }

    /// The first thing that comes, whatever it is.
    pub async fn comment(mut self) -> String {
        let frame = timeout(BEAT, self.body.frame()).await.expect("a sign of life");
        let bytes = frame.expect("more").expect("a stream").into_data().expect("data");
        String::from_utf8(bytes.to_vec()).expect("UTF-8")
    }

    /// The rest, as it came.
    pub async fn text(self) -> String {
        let bytes = self.body.collect().await.expect("a body").to_bytes();
        self.read + std::str::from_utf8(&bytes).expect("UTF-8")
    }
}

fn parsed(frame: &str) -> Event {
    let mut event = Event::default();
    for line in frame.lines() {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value).to_owned();
        match name {
            "event" => event.name = value,
            "id" => event.id = value,
            "data" => event.data = value,
            _ => {}
        }
    }
    event
}

/// The app on a port of its own, until this is dropped.
pub struct Server {
    pub address: String,
    task: JoinHandle<()>,
}

impl Server {
    pub async fn of(app: &TestApp) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        let router = app.router.clone();
        let task =
            tokio::spawn(async move { axum::serve(listener, router).await.expect("served") });
        Self { address, task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A WebSocket, frame by frame.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects with these protocols.
    pub async fn open(server: &Server, protocols: &str) -> Self {
        let url = format!("ws://{}/graphql/ws", server.address);
        let mut request = url.into_client_request().expect("a request");
        if !protocols.is_empty() {
            let value = protocols.parse().expect("a header");
            request.headers_mut().insert("sec-websocket-protocol", value);
        }
        Self(connect_async(request).await.expect("a socket").0)
    }

    /// A socket on which nothing was said yet.
    pub async fn new(server: &Server) -> Self {
        Self::open(server, "graphql-transport-ws").await
    }

    /// A socket that knows its client.
    pub async fn known(server: &Server, token: &str) -> Self {
        let mut socket = Self::new(server).await;
        socket.init(json!({ "authorization": format!("Bearer {token}") })).await;
        assert_eq!(socket.next().await, json!({ "type": "connection_ack" }));
        socket
    }

    pub async fn init(&mut self, payload: Json) {
        self.say(json!({ "type": "connection_init", "payload": payload })).await;
    }

    pub async fn subscribe(&mut self, id: &str, document: &str, variables: Json) {
        let payload = json!({ "query": document, "variables": variables });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    pub async fn say(&mut self, message: Json) {
        self.send(Message::text(message.to_string())).await;
    }

    pub async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("sent");
    }

    /// The next message.
    pub async fn next(&mut self) -> Json {
        match self.heard().await {
            Message::Text(text) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("a message is expected: {other:?}"),
        }
    }

    /// How the server closes it, whatever it says before.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            if let Message::Close(frame) = self.heard().await {
                let frame = frame.expect("a code");
                return (frame.code.into(), frame.reason.to_string());
            }
        }
    }

    /// Whether the next thing that comes is a ping.
    pub async fn pinged(&mut self) -> bool {
        let heard = timeout(BEAT, self.0.next()).await.expect("a sign of life");
        matches!(heard, Some(Ok(Message::Ping(_))))
    }

    async fn heard(&mut self) -> Message {
        loop {
            let heard = timeout(SOON, self.0.next()).await.expect("something in time");
            match heard.expect("more").expect("a message") {
                Message::Ping(_) | Message::Pong(_) => {}
                message => return message,
            }
        }
    }
}
