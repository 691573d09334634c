//! The one integration binary: each file tells what one part of the house promises.
//!
//! A test that touches rows is written once with [`support::both`] and runs on SQLite and on
//! PostgreSQL, each time in a database of its own.

#![expect(
    clippy::too_many_lines,
    clippy::ref_option,
    clippy::unused_async,
    clippy::needless_pass_by_value,
    reason = "a test tells its story in one piece, and its helpers take what is at hand"
)]

// `cfg(test)` tells clippy that everything below is test code, functions of support included.
#[cfg(test)]
mod architecture;
#[cfg(test)]
mod audits;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod binary;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod idempotency;
#[cfg(test)]
mod import;
#[cfg(test)]
mod instructions;
#[cfg(test)]
mod interests;
#[cfg(test)]
mod live;
#[cfg(test)]
mod matching;
#[cfg(test)]
mod oauth;
#[cfg(test)]
mod ops;
#[cfg(test)]
mod partners;
#[cfg(test)]
mod pathways;
#[cfg(test)]
mod placements;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod read_layer;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod roster;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod scopes;
#[cfg(test)]
mod stranger;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tenancy;
#[cfg(test)]
mod torture;
#[cfg(test)]
mod webhooks;
