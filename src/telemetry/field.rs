//! The names under which the log writes what it knows of a request.
//!
//! Collectors are set up by these names, so each is written once, here.

/// The id that the client was told in `x-request-id`.
pub const REQUEST_ID: &str = "request_id";
/// The HTTP method.
pub const METHOD: &str = "method";
/// The route that matched, as `/docs/errors/{code}`; never the address itself, which a client may
/// have filled with anything.
pub const ROUTE: &str = "route";
/// The name of the GraphQL operation; `-` where the client gave it none. Absent before a document
/// was understood, and on every other route.
pub const OPERATION: &str = "operation";
/// The `client_id` of the caller; absent where nobody proved to be one.
pub const CLIENT: &str = "client";
/// The HTTP status.
pub const STATUS: &str = "status";
/// How long it took, in milliseconds.
pub const MS: &str = "ms";
/// What carries a stream: `sse` or `ws`.
pub const TRANSPORT: &str = "transport";
/// How many events a stream has sent.
pub const EVENTS: &str = "events";
/// What stands where there is no value.
pub const NONE: &str = "-";
