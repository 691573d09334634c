//! The rules of the wire, each asked of a server with a toy schema.

mod errors;
mod requests;
mod running;
#[expect(clippy::unused_async, reason = "the macros of async-graphql ask for async")]
mod toy;
