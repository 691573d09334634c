//! One socket, from its first message to its last.

use std::{collections::HashMap, pin::pin, sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use tokio::time::{Instant, interval, interval_at, sleep, timeout};
use tokio_util::task::AbortOnDropHandle;
use tracing::{Instrument, Span, field::Empty};

use super::{
    close::Close,
    message::{self, Incoming},
};
use crate::{
    error::{Code, Error},
    graphql::RequestId,
    http::{
        graphql::{Failure, Parameters, Way},
        stream::{
            HEARTBEAT, Streams,
            begin::{Asked, begin, carry},
            identity::{CHECK, Identity},
            limit::Slot,
            outlet::{Address, Inlet, Outgoing, Outlet, channel},
        },
    },
    telemetry::{field, metrics::Transport},
};

/// How long a client may take to say who it is.
const INIT: Duration = Duration::from_secs(5);
/// A socket that has been silent for so long is dead: two pings were not answered.
const SILENCE: Duration = HEARTBEAT.saturating_mul(3);
/// A client that reads nothing for so long is cut off.
const STALLED: Duration = Duration::from_mins(2);
/// How long a farewell may take.
const FAREWELL: Duration = Duration::from_secs(1);
/// Operations that run at once on one socket.
const MOST_OPERATIONS: usize = 20;

/// Whether the session goes on, or how it ends.
type Step = Result<(), Close>;

/// One socket.
pub(super) struct Session {
    streams: Streams,
    id: RequestId,
    socket: WebSocket,
    /// Who is there, once that is known, and its place among the sockets of its client.
    known: Option<(Arc<Identity>, Slot)>,
    operations: HashMap<Arc<str>, Operation>,
    /// How many operations there have been.
    count: u64,
    heard_at: Instant,
    outlet: Outlet,
    inlet: Inlet,
}

/// An operation that goes on; it ends when this is dropped.
struct Operation {
    number: u64,
    _task: AbortOnDropHandle<()>,
}

impl Session {
    /// A socket on which nothing was said yet.
    pub(super) fn new(streams: Streams, id: RequestId, socket: WebSocket) -> Self {
        let (outlet, inlet) = channel();
        Self {
            streams,
            id,
            socket,
            known: None,
            operations: HashMap::new(),
            count: 0,
            heard_at: Instant::now(),
            outlet,
            inlet,
        }
    }

    /// Listens and tells until the socket is closed.
    pub(super) async fn run(mut self, is_agreed: bool) {
        let close = if is_agreed { self.talk().await } else { Close::SUBPROTOCOL };
        self.operations.clear();
        let Some(frame) = close.frame() else { return };
        tracing::debug!(code = frame.code, "a socket is closed");
        let farewell = async {
            self.socket.send(Message::Close(Some(frame))).await?;
            // What is still on its way is taken in, so that the farewell arrives.
            while let Some(Ok(_)) = self.socket.recv().await {}
            Ok::<_, axum::Error>(())
        };
        // Whoever does not listen to it has gone.
        let _ = timeout(FAREWELL, farewell).await;
    }

    async fn talk(&mut self) -> Close {
        let mut stopping = pin!(self.streams.gateway.app().lifetime.stopping());
        let mut late = pin!(sleep(INIT));
        let mut beat = interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        let mut check = interval(CHECK);
        loop {
            let step = tokio::select! {
                () = &mut stopping => Err(Close::STOPPING),
                () = &mut late, if self.known.is_none() => Err(Close::INIT_TIMEOUT),
                _ = beat.tick() => self.beat().await,
                _ = check.tick(), if self.known.is_some() => self.check().await,
                heard = self.socket.recv() => self.hear(heard).await,
                Some((from, outgoing)) = self.inlet.recv() => self.tell(&from, outgoing).await,
            };
            if let Err(close) = step {
                return close;
            }
        }
    }

    async fn beat(&mut self) -> Step {
        if self.heard_at.elapsed() > SILENCE {
            return Err(Close::Gone);
        }
        self.send(Message::Ping(bytes::Bytes::new())).await
    }

    async fn check(&mut self) -> Step {
        let Some((identity, _)) = &self.known else { return Ok(()) };
        identity.check().await.map_err(|error| Close::refused(&error))
    }

    async fn hear(&mut self, heard: Option<Result<Message, axum::Error>>) -> Step {
        self.heard_at = Instant::now();
        let text = match heard {
            Some(Ok(Message::Text(text))) => text,
            Some(Ok(Message::Binary(_))) => return Err(Close::INVALID),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(Close::Gone),
        };
        match Incoming::read(&text)? {
            Incoming::Init(token) => self.init(token).await,
            Incoming::Ping => self.say(message::pong()).await,
            Incoming::Pong => Ok(()),
            Incoming::Subscribe(name, parameters) => self.subscribe(name, *parameters).await,
            Incoming::Complete(name) => {
                self.operations.remove(name.as_str());
                Ok(())
            }
        }
    }

    async fn init(&mut self, token: Option<String>) -> Step {
        if self.known.is_some() {
            return Err(Close::INIT_AGAIN);
        }
        let refused = |error: Error| Close::refused(&error);
        let missing = Error::Unauthenticated("the payload brings no `authorization`");
        let token = token.ok_or(missing).map_err(refused)?;
        let identity = Identity::prove(&self.streams.gateway, &token, &self.id).await;
        let identity = identity.map_err(refused)?;
        let slot = self.streams.sockets.take(identity.client).map_err(refused)?;
        self.known = Some((Arc::new(identity), slot));
        self.say(message::ack()).await
    }

    async fn subscribe(&mut self, name: String, parameters: Parameters) -> Step {
        let Some((identity, _)) = &self.known else { return Err(Close::UNAUTHORIZED) };
        let identity = Arc::clone(identity);
        if self.operations.contains_key(name.as_str()) {
            return Err(Close::taken(&name));
        }
        if self.operations.len() >= MOST_OPERATIONS {
            let message =
                format!("a socket runs at most {MOST_OPERATIONS} operations at once; end one");
            return self.refuse(&name, Error::argument(Code::Throttled, message).into()).await;
        }
        self.count += 1;
        let (name, number): (Arc<str>, _) = (name.into(), self.count);
        let outlet = self.outlet.of(Address { name: Arc::clone(&name), number });
        let streams = self.streams.clone();
        let asked = Asked { parameters, way: Way::Stream, transport: Transport::Ws, last: None };
        let work = async move {
            let begun = begin(&streams, &identity, asked).await;
            // Whoever has gone needs no answer.
            let _ = carry(begun, &outlet).await;
        };
        let work = work.instrument(span(&self.id));
        let task = AbortOnDropHandle::new(self.streams.gateway.app().lifetime.spawn(work));
        self.operations.insert(name, Operation { number, _task: task });
        Ok(())
    }

    async fn tell(&mut self, from: &Address, outgoing: Outgoing) -> Step {
        let current = self.operations.get(&from.name);
        if current.is_none_or(|operation| operation.number != from.number) {
            // The client has ended it, and may have begun another under its name.
            return Ok(());
        }
        if !matches!(outgoing, Outgoing::Next { .. }) {
            self.operations.remove(&from.name);
        }
        match outgoing {
            Outgoing::Next { body, .. } => self.say(message::next(&from.name, &body)).await,
            Outgoing::Complete => self.say(message::complete(&from.name)).await,
            Outgoing::Error(failure) => self.refuse(&from.name, failure).await,
            Outgoing::Ended(error) => Err(Close::refused(&error)),
        }
    }

    async fn refuse(&mut self, name: &str, failure: Failure) -> Step {
        let errors = failure.errors_json(self.streams.gateway.public_url(), &self.id);
        self.say(message::error(name, &errors)).await
    }

    async fn say(&mut self, text: String) -> Step {
        self.send(Message::Text(text.into())).await
    }

    /// Sends, as soon as the client reads.
    async fn send(&mut self, message: Message) -> Step {
        let stopping = self.streams.gateway.app().lifetime.stopping();
        tokio::select! {
            sent = timeout(STALLED, self.socket.send(message)) => match sent {
                Ok(Ok(())) => Ok(()),
                _ => Err(Close::Gone),
            },
            () = stopping => Err(Close::STOPPING),
        }
    }
}

/// What the log tells of one operation on a socket.
fn span(id: &RequestId) -> Span {
    tracing::info_span!(
        "operation",
        { field::REQUEST_ID } = &*id.0,
        { field::ROUTE } = "/graphql/ws",
        { field::OPERATION } = Empty,
        { field::CLIENT } = Empty,
    )
}
