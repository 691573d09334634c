//! Operations over streams: what is followed live, and everything else besides.
//!
//! | | `/graphql/stream` | `/graphql/ws` |
//! |---|---|---|
//! | protocol | graphql-sse, distinct connections | graphql-transport-ws |
//! | token | in the header `Authorization` | in the payload of `connection_init` |
//! | what is wrong with the request | its HTTP status | the socket is closed with 44xx |
//! | what is wrong with the document | a `next` with errors, then `complete` | an `error` |
//! | the token ends | the same | closed with 4403 |
//! | the server stops | the stream ends without `complete` | closed with 1001 |
//! | one stream too many | 429 | an `error` `THROTTLED` |
//! | every 15 seconds | a comment | a ping |
//!
//! Both carry queries and mutations too: one `next`, one `complete`. They go the very way of
//! `POST /graphql`: the same limits, scopes, price and deadline.
//!
//! A client has at most [`MOST_STREAMS`] streams open, and as many sockets, at one replica: each
//! counts its own. A stream looks at its token every second and before each page, so it ends with
//! the token, or with its revocation.

mod begin;
mod follow;
mod identity;
mod limit;
mod outlet;
mod source;
mod sse;
mod ws;

use std::time::Duration;

pub(super) use sse::serve as events;
pub(super) use ws::serve as socket;

use self::limit::Slots;
use super::graphql::Gateway;

/// The most streams that a client has open at one replica, and the most sockets.
pub const MOST_STREAMS: usize = 10;

/// How often a silent stream shows that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// What both routes hold.
#[derive(Clone)]
pub(super) struct Streams {
    gateway: Gateway,
    followed: Slots,
    sockets: Slots,
}

impl Streams {
    /// No stream is open yet.
    pub(super) fn new(gateway: Gateway) -> Self {
        Self { gateway, followed: Slots::new("streams"), sockets: Slots::new("sockets") }
    }
}
