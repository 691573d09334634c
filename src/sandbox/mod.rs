//! Sandboxes: throw-away tenants with made-up data, for whoever writes an integration.
//!
//! A **sandbox** is a district of its own, with partners of its own and two years of history between
//! them: the very story that `pathbridge demo` tells. The tenant that made it gets clients which call
//! for the sandbox's district or for one of its partners, as real ones would: the same API, the same
//! limits, the same log of changes, webhooks of its own. Nothing of a sandbox is ever seen from
//! outside, and nothing outside from within; [`store::world`](crate::store::world) is the wall.
//!
//! # States
//!
//! `PREPARING → READY`, back to `PREPARING` by a reset, and from either to `DELETING`, after which
//! the row is gone. What takes long is done by the [`worker`], not in the request: it empties a
//! sandbox that is PREPARING and tells the story from the beginning, so whatever became of an
//! attempt that broke off, the next one ends in the same state.
//!
//! # What stays over a reset
//!
//! The district, the partners that it began with, all clients and their secrets, and the webhook
//! endpoints. Everything else goes, told as `DELETED` or `HIDDEN`, and comes anew, told as
//! `CREATED`: a client that follows the log ends with an exact copy.
//!
//! # The end
//!
//! Who deletes a sandbox revokes its clients at once. Its rows go in short transactions; the clients,
//! the district and the partners a quarter of an hour later, when no token of theirs can be in its
//! time any more. A sandbox whose clients ask for no token in thirty days goes the same way.
//!
//! # Who does the work
//!
//! Every replica runs the worker. A sandbox is claimed in the database for a minute, and the claim is
//! renewed while the work goes on; who loses it stops. A replica that dies leaves a sandbox to the
//! next.
//!
//! # Whose they are
//!
//! All clients of a tenant that hold `sandboxes:manage` see and manage its sandboxes. The clients of
//! a sandbox never hold that scope, nor any that the client lacked which made it.

pub mod mutation;
pub mod query;
pub mod rules;
pub mod service;
pub mod types;
pub mod worker;

pub use worker::run;
