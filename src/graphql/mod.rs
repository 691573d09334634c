//! The vocabulary that the slices share, and what happens to a document before it runs.
//!
//! A document is measured ([`guard`]), parsed, validated, and the scopes it needs are listed
//! ([`check`]), once per text ([`Documents`]). Each request then coerces its variables
//! ([`variables`]) and is costed; only then does the executor see it ([`Api`]).

pub mod check;
pub mod guard;
pub mod model;
pub mod variables;

mod api;
mod condition;
mod executor;
mod literals;
mod prepare;
#[cfg(test)]
mod toy;

pub use api::{Api, Plan, Refusal, RequestId};
pub use executor::{Executor, Schemas};
pub use prepare::{Document, Documents, Operation};
